package io.batchmesh.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures the sidecar, the metrics path and the window against their peers: {@code mvn -Pbench
 * verify}. Writes {@code target/bench/benchmark.md} and {@code .json}; when nothing was left out,
 * also the table in the README and the page behind it.
 */
public final class Benchmark {
    private static final Path README = Path.of("README.md");
    private static final Path PAGE = Path.of("src/site/markdown/benchmark.md");
    private static final Path FIGURES = Path.of("src/site/resources/benchmark.json");

    private final Settings settings;
    private final PrintStream out;
    private final Report report = new Report();

    private Benchmark(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public static void main(String[] args) throws InterruptedException, IOException {
        var settings = Settings.ofProperties();
        var missing = settings.wantsSidecar() ? Tools.missing() : "";
        if (!missing.isEmpty()) {
            System.err.println(missing);
            System.exit(1);
        }
        new Benchmark(settings, System.out).run();
        System.exit(0);
    }

    private void run() throws InterruptedException, IOException {
        if (settings.wantsSidecar()) {
            sidecar();
        }
        if (settings.wants("10")) {
            try (var lab = new Lab(settings.output())) {
                new WatchRows(settings, lab, report).measure();
            }
        }
        try (var lab = new Lab(settings.output())) {
            var window = new WindowRows(settings, lab, report);
            if (settings.wants("11")) {
                window.console();
            }
            if (settings.wants("12")) {
                window.plots();
            }
        }
        write();
    }

    private void sidecar() throws InterruptedException, IOException {
        try (var lab = new Lab(settings.output())) {
            var bed = new Bed(lab, settings);
            var rounds = new Rounds(settings.rounds(), settings.warmUp(), settings.run(), out);
            warm(lab, bed, rounds);
            var rows = new Rows(settings, lab, bed, rounds, report);
            rows.local();
            rows.far();
            if (settings.wants("8") || settings.wants("9")) {
                new Memory(lab, settings, report).measure(bed.service());
            }
            if (!settings.quick()) {
                new Profile(lab, bed, report).ofMissed();
            }
        }
    }

    private void warm(Lab lab, Bed bed, Rounds rounds) {
        var load = new Wrk(lab.loadSide(), lab.resource("plain.lua"), List.of(), 64);
        for (var host : List.of("auto", "off", "hop")) {
            rounds.compile(load, bed.own(host, host), settings.warmTurns());
        }
        var tokens =
                new Wrk(
                        lab.loadSide(),
                        lab.resource("tokens.lua"),
                        List.of(new Payloads(lab).tokens().toString(), "16"),
                        256);
        for (var host : List.of("batch", "stream")) {
            rounds.compile(tokens, bed.own(host, host), settings.warmTurns());
        }
        bed.pin();
    }

    private void write() throws IOException {
        Files.writeString(settings.output().resolve("benchmark.md"), report.page());
        Files.writeString(settings.output().resolve("benchmark.json"), report.json());
        out.println(report.table());
        if (settings.whole()) {
            report.into(README);
            Files.writeString(PAGE, report.page());
            Files.createDirectories(FIGURES.getParent());
            Files.writeString(FIGURES, report.json());
        }
    }
}
