package io.batchmesh.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Row 10: what it costs to scrape, fold and keep many series, beside a Prometheus server and the
 * single node of VictoriaMetrics. All scrape the same targets each second, at the same time.
 */
final class WatchRows {
    private static final int TARGETS = 100;
    private static final int SERIES = 2_000;
    private static final String OWN = "batchmesh";

    private final Settings settings;
    private final Lab lab;
    private final Report report;
    private final Map<String, Watcher> watchers = new LinkedHashMap<>();

    WatchRows(Settings settings, Lab lab, Report report) {
        this.settings = settings;
        this.lab = lab;
        this.report = report;
    }

    /** A process that scrapes, and by what its requests are known. */
    private record Watcher(Proc process, String agent) {}

    /** What one of them needed. */
    private record Cost(double nanosPerSample, double cores, long bytes, double asked) {}

    void measure() throws InterruptedException, IOException {
        var ports = targets();
        own(ports);
        peers(ports);
        int port = Integer.parseInt(ports.getFirst());
        TimeUnit.SECONDS.sleep(settings.quick() ? 20 : 90);
        var before = reading(port);
        TimeUnit.SECONDS.sleep(settings.quick() ? 20 : 120);
        var after = reading(port);
        report(before, after);
    }

    private List<String> targets() throws InterruptedException, IOException {
        var file = lab.directory().resolve("targets.txt");
        Files.deleteIfExists(file);
        var flags = List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");
        java(
                "targets",
                flags,
                WatchTargets.class,
                List.of("" + TARGETS, "" + SERIES, file.toString()));
        for (int i = 0; i < 600 && !Files.exists(file); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return Files.readAllLines(file);
    }

    private Proc java(String name, List<String> flags, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", Settings.absolute(System.getProperty("java.class.path"))));
        command.add(main.getName());
        command.addAll(arguments);
        var process = Proc.start(name, new Place(lab.directory(), -1), command);
        lab.atEnd(process::close);
        return process;
    }

    private void own(List<String> ports) {
        var file = lab.directory().resolve("targets.txt").toString();
        var process = java("watch", WatchOwn.FLAGS, WatchOwn.class, List.of(file));
        watchers.put(OWN, new Watcher(process, "okhttp"));
        report.note("Row 10 scrapes " + ports.size() + " targets of " + SERIES + " series.");
    }

    private void peers(List<String> ports) throws InterruptedException {
        var config = lab.write("scrape.yml", config(ports));
        var prometheus = Tools.find("prometheus");
        if (prometheus == null) {
            report.note("A Prometheus server was not measured: install prometheus.");
        } else {
            int port = Lab.freePort();
            start(
                    "Prometheus",
                    port,
                    List.of(
                            prometheus.toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + emptied("prometheus-data"),
                            "--web.listen-address=127.0.0.1:" + port));
        }
        var victoria = Tools.find("victoria-metrics");
        if (victoria == null) {
            report.note("VictoriaMetrics was not measured: install victoria-metrics.");
        } else {
            int port = Lab.freePort();
            start(
                    "VictoriaMetrics",
                    port,
                    List.of(
                            victoria.toString(),
                            "-promscrape.config=" + config,
                            "-storageDataPath=" + emptied("victoria-data"),
                            "-httpListenAddr=127.0.0.1:" + port));
        }
    }

    private void start(String name, int port, List<String> command) throws InterruptedException {
        var process = Proc.start(name.toLowerCase(Locale.ROOT), place(), command).listening(port);
        lab.atEnd(process::close);
        watchers.put(name, new Watcher(process, name.equals("Prometheus") ? "Prometheus/" : "vm_"));
    }

    private Place place() {
        return new Place(lab.directory(), -1);
    }

    private Path emptied(String name) {
        var directory = lab.directory().resolve(name + "-" + ProcessHandle.current().pid());
        lab.atEnd(() -> delete(directory));
        return directory;
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println(directory + " is left: " + e);
        }
    }

    /** YAML is a superset of JSON. */
    private static String config(List<String> ports) {
        var targets = new StringBuilder();
        ports.forEach(p -> targets.append(targets.isEmpty() ? "" : ", ").append("127.0.0.1:" + p));
        return """
        global: { scrape_interval: 1s, scrape_timeout: 1s }
        scrape_configs:
          - job_name: targets
            static_configs:
              - targets: [ "%s" ]
        """
                .formatted(targets.toString().replace(", ", "\", \""));
    }

    /** CPU, memory and requests of each by now. */
    private record Reading(Map<String, Double> cpu, Map<String, Long> bytes, String asked) {}

    private Reading reading(int port) throws IOException, InterruptedException {
        var cpu = new LinkedHashMap<String, Double>();
        var bytes = new LinkedHashMap<String, Long>();
        watchers.forEach((name, w) -> {
            cpu.put(name, w.process().cpu().toNanos() / 1e9);
            bytes.put(name, w.process().residentBytes());
        });
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + port + "/counts");
            var counts =
                    http.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofString());
            return new Reading(cpu, bytes, counts.body());
        }
    }

    private void report(Reading before, Reading after) {
        var costs = new LinkedHashMap<String, Cost>();
        var text = new StringBuilder("### Scraping, folding and keeping\n\n");
        text.append(
                "| | CPU ns per sample | cores | resident MB | scrapes |\n|---|---|---|---|---|\n");
        watchers.forEach((name, w) -> {
            double asked = asked(after.asked(), w.agent()) - asked(before.asked(), w.agent());
            double cpu = value(after.cpu(), name) - value(before.cpu(), name);
            double seconds = settings.quick() ? 20 : 120;
            long resident = after.bytes().getOrDefault(name, 0L);
            var cost = new Cost(cpu / asked / SERIES * 1e9, cpu / seconds, resident, asked);
            costs.put(name, cost);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.0f | %.3f | %.0f | %.0f |%n",
                            name,
                            cost.nanosPerSample(),
                            cost.cores(),
                            cost.bytes() / 1e6,
                            asked));
        });
        System.out.println(text);
        report.section(text.toString());
        check(costs);
    }

    private static double value(Map<String, Double> of, String name) {
        return of.getOrDefault(name, Double.NaN);
    }

    private void check(Map<String, Cost> costs) {
        var own = cost(costs, OWN);
        report.add(
                Check.atMost(
                        "10",
                        "100 targets × 2,000 series × 1 Hz, CPU per sample: Prometheus",
                        own.nanosPerSample() / cost(costs, "Prometheus").nanosPerSample(),
                        0.6,
                        0.25));
        report.add(
                Check.atMost(
                        "10",
                        "the same, memory: VictoriaMetrics",
                        (double) own.bytes() / cost(costs, "VictoriaMetrics").bytes(),
                        1,
                        1));
    }

    private static Cost cost(Map<String, Cost> costs, String name) {
        @Nullable Cost cost = costs.get(name);
        return cost == null ? new Cost(Double.NaN, Double.NaN, 0, 0) : cost;
    }

    /** How often they asked whose user agent holds this; a target is asked like all others. */
    private static double asked(String counts, String agent) {
        double all = 0;
        for (var part : counts.replace("{", "").replace("}", "").split(", ", -1)) {
            int equals = part.lastIndexOf('=');
            if (equals > 0 && part.contains(agent)) {
                all += Double.parseDouble(part.substring(equals + 1));
            }
        }
        return all;
    }
}
