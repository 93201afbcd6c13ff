package io.batchmesh.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** On what was measured, and against which versions. */
final class Machine {
    /** What the benchmark itself makes of it, per processor, and some. */
    private static final double OWN_LOAD = 2.5;

    private Machine() {}

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** A remark where others used the machine at the same time. */
    static String disturbance() {
        int processors = Runtime.getRuntime().availableProcessors();
        return load() < OWN_LOAD * processors
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%nOthers used this machine at the same time (load average %.0f on %d"
                                + " processors): rates and latencies suffer from that, ratios of"
                                + " CPU per request least.%n",
                        load(),
                        processors);
    }

    static Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        var cpu =
                Tools.read(Path.of("/proc/cpuinfo"))
                        .lines()
                        .filter(l -> l.startsWith("model name"))
                        .map(l -> l.substring(l.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown processor");
        facts.put("processor", Runtime.getRuntime().availableProcessors() + " × " + cpu);
        facts.put("load average at the end", String.format(Locale.ROOT, "%.1f", load()));
        facts.put("kernel", Tools.read(Path.of("/proc/sys/kernel/osrelease")).strip());
        facts.put(
                "congestion control",
                Tools.read(Path.of("/proc/sys/net/ipv4/tcp_congestion_control")).strip());
        facts.put("Java", Runtime.version().toString());
        facts.put("sidecar's flags", String.join(" ", Sidecars.FLAGS));
        facts.put("nginx", Tools.firstLine("nginx", "-v"));
        facts.put("HAProxy", Tools.firstLine("haproxy", "-v"));
        facts.put("nghttpx", Tools.firstLine("nghttpx", "--version"));
        facts.put("h2load", Tools.firstLine("h2load", "--version"));
        facts.put("Envoy", Envoy.VERSION + " unless another is installed");
        facts.put("vertx-http-proxy", System.getProperty("bench.vertx.version", "not known"));
        facts.put("wrk", Tools.firstLine("wrk", "-v"));
        return facts;
    }
}
