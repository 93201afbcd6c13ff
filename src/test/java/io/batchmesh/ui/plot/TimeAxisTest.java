package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.Series;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeAxisTest {

    @Test
    void labels_run_from_the_length_of_the_window_to_now() {
        assertEquals(List.of("−5 min", "−4", "−3", "−2", "−1", "now"), labels(300, 7));
        assertEquals(List.of("−5 min", "now"), labels(300, 2));
        assertEquals(List.of("−60 s", "−45", "−30", "−15", "now"), labels(60, 5));
        assertEquals(List.of("−15 min", "−10", "−5", "now"), labels(900, 4));
    }

    @Test
    void labels_stand_at_their_times() {
        assertEquals(0.6, TimeTicks.of(300, 7).get(3).position(), 1e-9);
    }

    @Test
    void points_too_far_apart_are_not_joined() {
        long[] times = {1000, 2000, 3000, 4000, 20_000, 21_000};
        Trace trace =
                Trace.of(
                        Series.of(times, new double[] {1, 1, 1, 1, 1, 1}),
                        new TimeWindow(21_000, Duration.ofSeconds(30)));

        assertTrue(trace.joined(3));
        assertFalse(trace.joined(4));
        assertTrue(trace.joined(5));
    }

    @Test
    void what_is_not_known_joins_nothing() {
        long[] times = {1000, 2000, 3000, 4000, 5000};
        double nan = Double.NaN;
        Trace trace =
                Trace.of(
                        Series.of(times, new double[] {1, nan, 1, nan, 1}),
                        new TimeWindow(5000, Duration.ofSeconds(10)));

        for (int i = 0; i < trace.size(); i++) {
            assertFalse(trace.joined(i), "point " + i);
        }
        assertTrue(trace.alone(2));
        assertFalse(trace.alone(1));
    }

    @Test
    void one_point_left_of_the_window_is_kept_to_lead_the_line_in() {
        long[] times = {1000, 2000, 3000, 4000, 5000};
        Trace trace =
                Trace.of(
                        Series.of(times, new double[5]),
                        new TimeWindow(5000, Duration.ofMillis(1500)));

        assertEquals(3, trace.size());
        assertTrue(trace.x(0) < 0);
        assertTrue(trace.x(1) > 0);
        assertEquals(1, trace.x(2));
    }

    @Test
    void bars_begin_at_fixed_moments() {
        TimeBins bins = TimeBins.of(SampleSeries.WINDOW, 300, 8);
        TimeWindow later = new TimeWindow(SampleSeries.NOW + 3000, SampleSeries.WINDOW.length());
        TimeBins after = TimeBins.of(later, 300, 8);

        assertEquals(10, bins.seconds());
        long moment = SampleSeries.NOW - 47_000;
        double start = bins.start(bins.of(moment)) * 300;
        assertEquals(start - 3, after.start(after.of(moment)) * 300, 1e-6);
        assertEquals(bins.count() - 1, bins.of(SampleSeries.NOW));
        assertEquals("50 – 40 s ago", bins.worded(45));
        assertEquals("3:20 – 3:10 min ago", bins.worded(195));
    }

    @Test
    void moments_are_worded_from_now() {
        assertEquals("now", Ago.worded(0.2));
        assertEquals("42 s ago", Ago.worded(42));
        assertEquals("4:05 min ago", Ago.worded(245));
    }

    @Test
    void a_window_without_length_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new TimeWindow(0, Duration.ZERO));
    }

    private static List<String> labels(double seconds, int atMost) {
        return TimeTicks.of(seconds, atMost).stream().map(TimeTicks.Tick::label).toList();
    }
}
