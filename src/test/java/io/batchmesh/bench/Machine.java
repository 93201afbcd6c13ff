package io.batchmesh.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** On what was measured, and against which versions. */
final class Machine {
    private Machine() {}

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
        facts.put(
                "load average at the end",
                String.format(
                        Locale.ROOT,
                        "%.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
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
        facts.put("wrk", Tools.firstLine("wrk", "-v"));
        return facts;
    }
}
