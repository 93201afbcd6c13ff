package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.HistogramSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window window = new Window(4, Duration.ofSeconds(8), ExpositionLimits.DEFAULT);

    private void add(double second, String... lines) {
        var text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        var nanos = (long) (second * 1e9);
        assertTrue(window.add(text, text.length, ExpositionFormat.PROMETHEUS, nanos).isEmpty());
    }

    private double rate() {
        return window.rates().counters().getFirst().value();
    }

    @Test
    void oneReadingHasGaugesButNoRates() {
        add(0, "batchmesh_x_total 5", "batchmesh_queue_items 3");
        assertTrue(window.rates().counters().isEmpty());
        assertEquals(3, window.rates().gauges().getFirst().value());
    }

    @Test
    void aRateSpansTheWindow() {
        for (var i = 0; i <= 10; i++) {
            add(i, "batchmesh_x_total " + i * i);
        }
        // Readings at 7, 8, 9, 10 s.
        assertEquals((100 - 49) / 3.0, rate(), 1e-9);
        assertEquals(3, window.rates().seconds(), 1e-9);
    }

    @Test
    void aCounterThatFallsWasReset() {
        add(0, "batchmesh_x_total 100");
        add(1, "batchmesh_x_total 110");
        add(2, "batchmesh_x_total 4");
        add(3, "batchmesh_x_total 10");
        assertEquals((10 + 4 + 6) / 3.0, rate(), 1e-9);
    }

    @Test
    void aCounterThatAppearsCountsFromZero() {
        add(0, "batchmesh_y 1");
        add(2, "batchmesh_x_total 8");
        assertEquals(4, rate(), 1e-9);
    }

    @Test
    void aCounterThatIsGoneHasNoRate() {
        add(0, "batchmesh_x_total 8");
        add(1, "batchmesh_y 1");
        assertTrue(window.rates().counters().isEmpty());
    }

    @Test
    void aReadingWithoutTheCounterIsAGapAndNotZero() {
        add(0, "batchmesh_x_total 8");
        add(1, "batchmesh_y 1");
        add(2, "batchmesh_x_total 14");
        assertEquals(3, rate(), 1e-9);
    }

    @Test
    void aBucketThatWasNeverReadTwiceIsLeftOut() {
        add(0, "batchmesh_d_bucket{link=\"a\",le=\"1\"} NaN", "batchmesh_d_bucket{le=\"+Inf\"} 1");
        add(1, "batchmesh_d_bucket{link=\"a\",le=\"1\"} 4", "batchmesh_d_bucket{le=\"+Inf\"} 9");
        var histograms = window.rates().histograms();
        assertEquals(8, histograms.getLast().increase().count());
        assertEquals(0, histograms.getFirst().increase().buckets());
    }

    @Test
    void theRoundingOfSumsIsNoReset() {
        add(0, "batchmesh_x_total 1000.0000000001");
        add(1, "batchmesh_x_total 1000");
        assertEquals(0, rate());
    }

    @Test
    void readingsBeforeALongPauseDoNotCount() {
        add(0, "batchmesh_x_total 0");
        add(35, "batchmesh_x_total 3500");
        assertTrue(window.rates().counters().isEmpty());
        add(36, "batchmesh_x_total 3510");
        assertEquals(10, rate(), 1e-9);
    }

    @Test
    void aResetOfOneBucketIsAResetOfTheHistogram() {
        add(0, histogram(5, 5, 100));
        add(1, histogram(1, 9, 7));
        var increase = window.rates().histograms().getFirst().increase();
        assertEquals(
                HistogramSnapshot.of(
                        new double[] {0.1, Double.POSITIVE_INFINITY}, new double[] {1, 9}, 7),
                increase);
    }

    @Test
    void histogramsAreToldApartByTheirLabels() {
        add(0, histogram(0, 0, 0));
        add(1, histogram(2, 4, 8));
        var histogram = window.rates().histograms().getFirst();
        assertEquals("batchmesh_d_seconds", histogram.metric());
        assertEquals("a", histogram.labels().get("link"));
        assertEquals(1, histogram.labels().size());
        assertEquals(2, histogram.increase().mean());
        assertEquals(1, window.rates().histograms().size());
    }

    @Test
    void aTextThatCannotBeReadChangesNothing() {
        add(0, "batchmesh_x_total 1");
        add(1, "batchmesh_x_total 3");
        var garbage = "<html>".getBytes(StandardCharsets.UTF_8);
        var failure =
                window.add(garbage, garbage.length, ExpositionFormat.PROMETHEUS, 2_000_000_000);
        assertTrue(failure.isPresent());
        assertEquals(2, rate());
        add(2, "batchmesh_x_total 7");
        assertEquals(3, rate());
    }

    @Test
    void aChangeOfTheFormatStartsAnew() {
        add(0, "batchmesh_x_total 1");
        var text = "batchmesh_x_total 5\n# EOF\n".getBytes(StandardCharsets.UTF_8);
        window.add(text, text.length, ExpositionFormat.OPENMETRICS, 1_000_000_000);
        assertTrue(window.rates().counters().isEmpty());
    }

    @Test
    void seriesThatComeAndGoDoNotPileUp() {
        for (var i = 0; i < 60; i++) {
            var lines = new String[1000];
            for (var n = 0; n < lines.length; n++) {
                lines[n] = "batchmesh_x_total{n=\"" + i + "_" + n + "\"} 1";
            }
            add(i, lines);
        }
        assertTrue(window.series() < 30_000, "" + window.series());
    }

    @Test
    void whatIsNoNumberOrNegativeSpoilsNothing() {
        add(0, "batchmesh_x_total 1", "batchmesh_y_total 1", "batchmesh_z NaN");
        add(1, "batchmesh_x_total NaN", "batchmesh_y_total +Inf", "batchmesh_z -Inf");
        assertTrue(window.rates().counters().stream().allMatch(c -> c.value() == 0));
        assertTrue(window.rates().gauges().isEmpty());
        add(2, "batchmesh_x_total -5");
        assertTrue(window.rates().counters().stream().allMatch(c -> c.value() == 0));
        add(7, histogram(1, 2, Double.NaN));
        add(8, histogram(2, 4, Double.NaN));
        assertEquals(4, window.rates().histograms().getFirst().increase().count());
    }

    private static String[] histogram(int small, int all, double sum) {
        return new String[] {
            "batchmesh_d_seconds_bucket{link=\"a\",le=\"0.1\"} " + small,
            "batchmesh_d_seconds_bucket{link=\"a\",le=\"+Inf\"} " + all,
            "batchmesh_d_seconds_sum{link=\"a\"} " + sum,
            "batchmesh_d_seconds_count{link=\"a\"} " + all
        };
    }
}
