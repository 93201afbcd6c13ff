package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same samples in a real Prometheus server and here: rates, increases and quantiles agree to
 * the last bit. Runs under {@code -Pstress}, and wants Debian's package {@code prometheus}, or the
 * folder of {@code prometheus} and {@code promtool} with {@code -Dprometheus.home=FOLDER}.
 */
@Tag("needs-prometheus")
class PrometheusAgreementTest {
    private static final long SEED = 20_261_122L;
    private static final int BEGIN = 1_700_000_000;
    private static final int LENGTH = 600;
    private static final double[] BOUNDS = {
        -0.5, 0.005, 0.01, 0.1, 1, 2.5, 10, Double.POSITIVE_INFINITY
    };
    private static final double[] QUANTILES = {0, 0.01, 0.5, 0.9, 0.99, 1};

    @TempDir private Path folder;

    /** Irregular times, gaps, resets, fractions, values that are no numbers. */
    private static String samples() {
        var random = new SplittableRandom(SEED);
        var text = new StringBuilder("# TYPE x unknown\n");
        for (var series = 0; series < 12; series++) {
            var value = series % 3 == 0 ? 0.0 : random.nextDouble(100);
            for (var at : times(random)) {
                value =
                        random.nextInt(15) == 0
                                ? random.nextDouble(5)
                                : value + random.nextInt(3) * random.nextDouble(30);
                var strange = series == 11 && random.nextInt(20) == 0;
                line(text, "x{n=\"" + series + "\"}", strange ? "NaN" : "" + value, at);
            }
        }
        text.append("# TYPE h_bucket unknown\n");
        for (var series = 0; series < 4; series++) {
            histogram(text, random, series);
        }
        return text.append("# EOF\n").toString();
    }

    private static void histogram(StringBuilder text, SplittableRandom random, int series) {
        var times = times(random);
        var counts = new double[times.size()][BOUNDS.length];
        for (var t = 1; t < times.size(); t++) {
            var more = 0.0;
            for (var b = 0; b < BOUNDS.length; b++) {
                more += series == 3 ? random.nextDouble() / 3 : random.nextInt(5);
                counts[t][b] = random.nextInt(50) == 0 ? 0 : counts[t - 1][b] + more;
            }
        }
        for (var b = 0; b < BOUNDS.length; b++) {
            var le = Double.isInfinite(BOUNDS[b]) ? "+Inf" : "" + BOUNDS[b];
            for (var t = 0; t < times.size(); t++) {
                var name = "h_bucket{n=\"" + series + "\",le=\"" + le + "\"}";
                line(text, name, "" + counts[t][b], times.get(t));
            }
        }
    }

    /** In milliseconds since the beginning. */
    private static List<Integer> times(SplittableRandom random) {
        var times = new ArrayList<Integer>();
        var jitter = random.nextInt(2) == 0 ? 1 : 2_000;
        for (var at = random.nextInt(30_000); at < LENGTH * 1000; ) {
            times.add(at);
            at += 5_000 + random.nextInt(jitter) + (random.nextInt(12) == 0 ? 40_000 : 0);
        }
        return times;
    }

    private static void line(StringBuilder text, String series, String value, int millis) {
        var seconds = "%d.%03d".formatted(BEGIN + millis / 1000, millis % 1000);
        text.append(series).append(' ').append(value).append(' ').append(seconds).append('\n');
    }

    /** What our parser reads of the text, by metric and labels. */
    private static Map<String, Map<Map<String, String>, Points>> read(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var parsed =
                Exposition.parse(bytes, ExpositionFormat.OPENMETRICS, ExpositionLimits.DEFAULT);
        var metrics = new HashMap<String, Map<Map<String, String>, Points>>();
        for (var family : assertInstanceOf(Exposition.class, parsed).families()) {
            for (var sample : family.samples()) {
                metrics.computeIfAbsent(sample.name(), key -> new HashMap<>())
                        .computeIfAbsent(sample.labels(), key -> new Points())
                        .add(Math.round(sample.timestamp() * 1e3) * 1_000_000, sample.value());
            }
        }
        return metrics;
    }

    @Test
    void ratesAndQuantilesAreThoseOfAServer() throws IOException, InterruptedException {
        var text = samples();
        var ours = read(text);
        try (var server = PrometheusServer.on(text, folder)) {
            var version = PrometheusVersion.of(server.version());
            var random = new SplittableRandom(SEED);
            for (var round = 0; round < 60; round++) {
                var at = BEGIN * 1000L + random.nextInt(20_000, LENGTH * 1000);
                at -= round % 2 == 0 ? at % 5_000 : 0;
                var length = random.nextInt(1, 30) * (round % 3 == 0 ? 5_000 : 1_700);
                var place = new Place(server, ours, at, length, version);
                place.check("rate", RangeWindow::rate);
                place.check("increase", RangeWindow::increase);
                place.check("delta", RangeWindow::delta);
                place.check("irate", RangeWindow::irate);
                place.checkQuantile(QUANTILES[round % QUANTILES.length]);
            }
        }
    }

    /** One evaluation, at the server and here. */
    private record Place(
            PrometheusServer server,
            Map<String, Map<Map<String, String>, Points>> ours,
            long at,
            int length,
            PrometheusVersion version) {
        private RangeWindow window() {
            return RangeWindow.upTo(version, at * 1_000_000, length * 1_000_000L);
        }

        private void check(String function, ToDoubleBiFunction<RangeWindow, Points> own)
                throws IOException, InterruptedException {
            var expected = ask(function + "(x[" + length + "ms])");
            var known = 0;
            for (var series : Objects.requireNonNull(ours.get("x")).entrySet()) {
                var theirs = expected.get(series.getKey().get("n"));
                var mine = own.applyAsDouble(window(), series.getValue());
                assertEquals(theirs == null ? Double.NaN : theirs, mine, describe(function));
                known += theirs == null ? 0 : 1;
            }
            assertEquals(expected.size(), known, describe(function));
        }

        private void checkQuantile(double q) throws IOException, InterruptedException {
            var query = "histogram_quantile(" + q + ", rate(h_bucket[" + length + "ms]))";
            var expected = ask(query);
            var mine = new TreeMap<String, HistogramSnapshot>();
            var buckets = new TreeMap<String, List<double[]>>();
            Objects.requireNonNull(ours.get("h_bucket"))
                    .forEach((labels, points) -> {
                        var rate = window().rate(points);
                        var le =
                                Objects.requireNonNull(labels.get("le"))
                                        .replace("+Inf", "Infinity");
                        if (!Double.isNaN(rate)) {
                            buckets.computeIfAbsent(labels.get("n"), key -> new ArrayList<>())
                                    .add(new double[] {Double.parseDouble(le), rate});
                        }
                    });
            buckets.forEach((n, list) -> {
                list.sort(Comparator.comparingDouble(bucket -> bucket[0]));
                mine.put(
                        n,
                        HistogramSnapshot.of(
                                list.stream().mapToDouble(bucket -> bucket[0]).toArray(),
                                list.stream().mapToDouble(bucket -> bucket[1]).toArray(),
                                0));
            });
            assertEquals(expected.keySet(), mine.keySet(), describe(query));
            mine.forEach((n, histogram) ->
                    assertEquals(expected.get(n), histogram.quantile(q, version), describe(query)));
        }

        private Map<String, Double> ask(String query) throws IOException, InterruptedException {
            var values = new TreeMap<String, Double>();
            for (var series : server.query(query, at / 1e3)) {
                var value = series.at("/value/1").asString().replace("Inf", "Infinity");
                values.put(series.at("/metric/n").asString(), Double.parseDouble(value));
            }
            return values;
        }

        private String describe(String query) {
            return query + " over " + length + " ms at " + at + ", seed " + SEED;
        }
    }
}
