package io.batchmesh.metrics.bench;

import com.sun.management.ThreadMXBean;
import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.Scrape;
import io.batchmesh.metrics.SeriesTable;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads an Envoy-like exposition of 8,000 series by our parser and by Hawkular's, in turns, in one
 * process and one thread, and compares their CPU time. Writes {@code parser.md} beside the other
 * benchmark's report.
 */
public final class ParserBenchmark {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final PrintStream out;
    private final StringBuilder report = new StringBuilder();

    private ParserBenchmark(int rounds, PrintStream out) {
        this.rounds = rounds;
        this.out = out;
    }

    /** With the folder of Hawkular's jars, and the one for the report. */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        var benchmark = new ParserBenchmark(Boolean.getBoolean("bench.quick") ? 7 : 25, System.out);
        try (var hawkular = new Hawkular(Path.of(args[0]))) {
            benchmark.run(hawkular);
        }
        var folder = Files.createDirectories(Path.of(args[1]));
        Files.writeString(folder.resolve("parser.md"), benchmark.report);
    }

    /** One kind of text, read by our parser. */
    private static final class Row {
        private final String name;
        private final double bar;
        private final ExpositionFormat format;
        private final List<byte[]> texts;
        private final Scrape scrape = new Scrape(new SeriesTable(ExpositionLimits.DEFAULT));
        private final List<Double> nanos = new ArrayList<>();
        private double allocated;
        private int turn;

        private Row(String name, double bar, ExpositionFormat format, List<byte[]> texts) {
            this.name = name;
            this.bar = bar;
            this.format = format;
            this.texts = texts;
        }

        private void read(int times) {
            for (var i = 0; i < times; i++) {
                var text = texts.get(turn++ % texts.size());
                var failure = scrape.read(text, text.length, format);
                if (failure.isPresent()) {
                    throw new IllegalStateException(name + ": " + failure.get());
                }
            }
        }

        private void measure(int times) {
            var bytes = THREADS.getCurrentThreadAllocatedBytes();
            var start = THREADS.getCurrentThreadCpuTime();
            read(times);
            nanos.add((THREADS.getCurrentThreadCpuTime() - start) / (double) times / samples());
            allocated += (THREADS.getCurrentThreadAllocatedBytes() - bytes) / (double) samples();
        }

        private int samples() {
            return scrape.samples();
        }
    }

    private static List<Row> rows() {
        var first = EnvoyText.scrape(1);
        var second = EnvoyText.scrape(2);
        var text = ExpositionFormat.PROMETHEUS;
        return List.of(
                new Row("order kept", 60, text, List.of(first, second)),
                new Row("families and series turned", 30, text, turned(first, second)),
                new Row("every line elsewhere", 0, text, shuffled(first, second)),
                new Row(
                        "OpenMetrics of all forms",
                        0,
                        ExpositionFormat.OPENMETRICS,
                        List.of(EnvoyText.openMetrics(first), EnvoyText.openMetrics(second))));
    }

    private static List<byte[]> turned(byte[] first, byte[] second) {
        return List.of(first, EnvoyText.turned(second), EnvoyText.turned(EnvoyText.turned(first)));
    }

    private static List<byte[]> shuffled(byte[] first, byte[] second) {
        return List.of(
                EnvoyText.shuffled(first, 1),
                EnvoyText.shuffled(second, 2),
                EnvoyText.shuffled(first, 3));
    }

    private void run(Hawkular hawkular) throws ReflectiveOperationException {
        var rows = rows();
        var texts = rows.getFirst().texts;
        for (var round = 0; round < 5; round++) {
            rows.forEach(row -> row.read(100));
            hawk(hawkular, texts, 8);
        }
        var peer = new ArrayList<Double>();
        for (var round = 0; round < rounds; round++) {
            rows.forEach(row -> row.measure(30));
            peer.add(hawk(hawkular, texts, 4) / rows.getFirst().samples());
        }
        var hawk = median(peer);
        var length = texts.getFirst().length;
        line(
                "| text of %,d series, %,d bytes | ns/sample | MB/s | × Hawkular | bar | bytes/sample |",
                rows.getFirst().samples(), length);
        line("|---|---|---|---|---|---|");
        line(
                "| Hawkular 0.23.0.Final, order kept | %.0f | %.0f | 1 | | |",
                hawk, length * 1e3 / hawk / rows.getFirst().samples());
        for (var row : rows) {
            var nanos = median(row.nanos);
            var size = row.texts.getFirst().length;
            line(
                    "| %s | %.1f | %.0f | %.0f | %s | %.4f |",
                    row.name,
                    nanos,
                    size * 1e3 / nanos / row.samples(),
                    hawk / nanos,
                    row.bar == 0 ? "" : "≥ %.0f".formatted(row.bar),
                    row.allocated / rounds / 30);
        }
        line(
                "\nCPU time of the thread, medians of %d rounds in turns, one process, %s.",
                rounds, Runtime.version());
    }

    /** Nanoseconds of CPU time per text. */
    private static double hawk(Hawkular hawkular, List<byte[]> texts, int times)
            throws ReflectiveOperationException {
        var start = THREADS.getCurrentThreadCpuTime();
        for (var i = 0; i < times; i++) {
            if (hawkular.read(texts.get(i % texts.size())) == 0) {
                throw new IllegalStateException("Hawkular's parser reads nothing");
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / (double) times;
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void line(String format, Object... values) {
        var line = format.formatted(values);
        out.println(line);
        report.append(line).append('\n');
    }
}
