package io.batchmesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rows 11 and 12: the window. By JavaFX's headless platform and its software renderer, since a
 * display and its driver are nobody's to compare with.
 */
final class WindowRows {
    private static final List<String> HEADLESS =
            List.of(
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dglass.platform=Headless",
                    "-Dprism.order=sw",
                    "-Djava.awt.headless=true");

    private final Settings settings;
    private final Lab lab;
    private final Report report;

    WindowRows(Settings settings, Lab lab, Report report) {
        this.settings = settings;
        this.lab = lab;
        this.report = report;
    }

    /** Row 11: what it costs to watch a thousand proxies with the window shown. */
    void console() throws InterruptedException, IOException {
        var file = lab.directory().resolve("console.txt");
        Files.deleteIfExists(file);
        var before = settings.quick() ? "20" : "60";
        var measured = settings.quick() ? "10" : "60";
        run(
                file,
                "console",
                "io.batchmesh.app.ConsoleCost",
                List.of(
                        Path.of("sample-topologies/online-boutique.json").toAbsolutePath() + "",
                        "1000",
                        file.toString(),
                        lab.directory().resolve("console").toString(),
                        before,
                        measured));
        var figures = new HashMap<String, Double>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ", -1);
            figures.put(words[0], Double.parseDouble(words[1]));
        }
        System.out.println(figures);
        report.section(
                """
                ### A thousand proxies, watched with the window shown

                1,000 simulated proxies of online-boutique in another process, scraped each second; the window is shown, by JavaFX's
                headless platform and software renderer. A frame is the FX thread's part of a pulse: layout and painting.

                | live proxies | cores | frames | p50 ms | p95 ms | greatest ms |
                |---|---|---|---|---|---|
                | %.0f | %.2f | %.0f | %.1f | %.1f | %.1f |
                """
                        .formatted(
                                of(figures, "live"),
                                of(figures, "cores"),
                                of(figures, "frames"),
                                of(figures, "p50"),
                                of(figures, "p95"),
                                of(figures, "most")));
        report.add(
                Check.atMost(
                                "11",
                                "1,000 proxies each second, window shown, CPU of the console",
                                of(figures, "live") >= 990 ? of(figures, "cores") : Double.NaN,
                                1,
                                1)
                        .in("cores"));
        report.add(
                Check.atMost("11", "the same, p95 of a frame", of(figures, "p95"), 16, 16)
                        .in("ms"));
    }

    private static double of(Map<String, Double> figures, String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    /** Row 12: plots that move, beside JavaFX's own. */
    void plots() throws InterruptedException, IOException {
        var file = lab.directory().resolve("plots.txt");
        Files.deleteIfExists(file);
        run(
                file,
                "plots",
                PlotCost.class.getName(),
                List.of(file.toString(), settings.quick() ? "4" : "9", "4"));
        var own = new ArrayList<Double>();
        var charts = new ArrayList<Double>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ", -1);
            (words[0].equals("own") ? own : charts).add(Double.parseDouble(words[1]));
        }
        System.out.println(own + " " + charts);
        double mine = lateMedian(own);
        double theirs = lateMedian(charts);
        report.section(
                """
                ### Twelve plots of four series of 600 points, ten times a second

                In turns in one process, by JavaFX's headless platform and software renderer. Medians of the later two thirds of the turns.

                | | CPU cores |
                |---|---|
                | own | %.3f |
                | LineChart, without animation and symbols, a point added and one removed | %.3f |
                """
                        .formatted(mine, theirs));
        report.add(
                Check.atMost(
                        "12",
                        "twelve plots of four series of 600 points at 10 Hz, CPU: LineChart",
                        mine / theirs,
                        1 / 3.0,
                        1 / 3.0));
    }

    /** Without the first turns, in which code is compiled. */
    private static double lateMedian(List<Double> turns) {
        var late = turns.subList(turns.size() / 3, turns.size());
        return Sample.median(late.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private void run(Path result, String name, String main, List<String> arguments)
            throws InterruptedException, IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEADLESS);
        command.addAll(List.of("-cp", Settings.absolute(System.getProperty("java.class.path"))));
        command.add(main);
        command.addAll(arguments);
        var log = lab.directory().resolve(name + ".log").toFile();
        var process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        lab.atEnd(process::destroy);
        if (!process.waitFor(5, TimeUnit.MINUTES) || !Files.exists(result)) {
            throw new IllegalStateException(name + " failed: see " + log);
        }
    }
}
