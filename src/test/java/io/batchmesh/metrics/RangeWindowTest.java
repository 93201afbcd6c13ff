package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/**
 * Vectors of Prometheus's own: measured with promtool 2.42, and with the meaning of those of
 * promql/promqltest/testdata/functions.test for version 3. {@link PrometheusAgreementTest} asks a
 * server.
 */
class RangeWindowTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private static Points every(long step, double... values) {
        var points = new Points();
        for (var i = 0; i < values.length; i++) {
            points.add(i * step, values[i]);
        }
        return points;
    }

    /** As {@code start+step×count} in Prometheus's notation: one value more than the count. */
    private static double[] rising(double start, double step, int count) {
        var values = new double[count + 1];
        for (var i = 0; i <= count; i++) {
            values[i] = start + i * step;
        }
        return values;
    }

    private static double[] join(double[] first, double... second) {
        var all = new double[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static RangeWindow v2(long end, long length) {
        return RangeWindow.upTo(PrometheusVersion.V2, end, length);
    }

    private static RangeWindow v3(long end, long length) {
        return RangeWindow.upTo(PrometheusVersion.V3, end, length);
    }

    @Test
    void theVectorsMeasuredWithPromtoolHold() {
        var reset = every(10 * SECOND, 0, 10, 20, 5, 15, 25, 35);
        assertEquals(54, v3(MINUTE, MINUTE).increase(reset));
        assertEquals(55, v2(MINUTE, MINUTE).increase(reset));
        var late = new Points();
        late.add(25 * SECOND, 3);
        late.add(35 * SECOND, 8);
        late.add(45 * SECOND, 13);
        assertEquals(15, v3(MINUTE, MINUTE).increase(late), 1e-12);
        assertEquals(15.5, v2(MINUTE, MINUTE).increase(late), 1e-12);
    }

    @Test
    void anIncreaseIsExtrapolatedUpToWhereTheCounterWasZero() {
        var window = v3(50 * MINUTE, 100 * MINUTE);
        assertEquals(100, window.increase(every(5 * MINUTE, rising(0, 10, 10))), 1e-9);
        var bar = join(rising(0, 18, 5), rising(0, 18, 5));
        assertEquals(162, window.increase(every(5 * MINUTE, bar)), 1e-9);
        assertEquals(105, window.increase(every(5 * MINUTE, rising(10, 10, 10))), 1e-9);
        assertEquals(101, window.increase(every(5 * MINUTE, rising(1, 10, 10))), 1e-9);
        var narrow = v3(50 * MINUTE, 50 * MINUTE);
        assertEquals(100, narrow.increase(every(5 * MINUTE, rising(0, 10, 10))), 1e-9);
        assertEquals(160, narrow.increase(every(5 * MINUTE, bar)), 1e-9);
        assertEquals(100, narrow.increase(every(5 * MINUTE, rising(1, 10, 10))), 1e-9);
    }

    @Test
    void aResetCountsFromZero() {
        var fallen = every(5 * MINUTE, 0, 1, 2, 3, 2, 3, 4);
        assertEquals(7, v3(30 * MINUTE, 30 * MINUTE).increase(fallen), 1e-12);
        var middle = every(5 * MINUTE, join(rising(0, 27, 4), rising(0, 27, 5)));
        assertEquals(0.08, v3(50 * MINUTE, 50 * MINUTE).rate(middle), 1e-12);
    }

    @Test
    void oneSampleIsNoRateAndNoneIsNotZero() {
        var end = every(5 * MINUTE, join(rising(0, 10, 9), 0, 10));
        assertEquals(Double.NaN, v3(50 * MINUTE, 5 * MINUTE).rate(end));
        assertEquals(0, v3(50 * MINUTE, 6 * MINUTE).rate(every(5 * MINUTE, rising(7, 0, 10))));
        assertEquals(Double.NaN, v3(500 * MINUTE, 5 * MINUTE).rate(end));
        assertEquals(Double.NaN, v3(500 * MINUTE, 5 * MINUTE).irate(end));
        assertEquals(Double.NaN, v3(500 * MINUTE, 5 * MINUTE).last(end));
    }

    @Test
    void theBeginningBelongsToTheWindowInVersionTwoOnly() {
        var points = every(5 * MINUTE, 0, 10);
        assertEquals(Double.NaN, v3(5 * MINUTE, 5 * MINUTE).increase(points));
        assertEquals(10, v2(5 * MINUTE, 5 * MINUTE).increase(points));
    }

    @Test
    void extrapolationToTheLeftStopsAtZeroOrHalfADistance() {
        var expected = new double[] {0.5, 0.55, 0.6, 0.6, 0.6, 0.6};
        for (var i = 0; i < expected.length; i++) {
            var points = every(4 * MINUTE, rising(60 * i, 240, 10));
            // At 10 min the samples are those of 0, 4 and 8 min.
            var known = new Points();
            for (var n = 0; n < 3; n++) {
                known.add(points.nanos(n), points.value(n));
            }
            var window = v3(10 * MINUTE, 20 * MINUTE);
            assertEquals(expected[i], window.rate(known), 1e-12, "start " + i);
        }
    }

    @Test
    void irateLooksAtTheLastTwo() {
        var points = every(5 * MINUTE, join(rising(0, 10, 5), rising(0, 10, 5)));
        assertEquals(10 / 300.0, v3(50 * MINUTE, 50 * MINUTE).irate(points), 1e-15);
        assertEquals(0, v3(30 * MINUTE, 50 * MINUTE).irate(points));
        var strange = every(5 * MINUTE, 1, Double.NaN, Double.NaN, 5, 11);
        assertEquals(Double.NaN, v3(15 * MINUTE, 15 * MINUTE + SECOND).irate(strange));
        assertEquals(0.02, v3(20 * MINUTE, 15 * MINUTE + SECOND).irate(strange), 1e-15);
    }

    @Test
    void deltaOfAGaugeMayFall() {
        var window = v3(20 * MINUTE, 20 * MINUTE);
        assertEquals(200, window.delta(every(5 * MINUTE, 0, 50, 100, 150, 200)), 1e-9);
        assertEquals(-200, window.delta(every(5 * MINUTE, 200, 150, 100, 50, 0)), 1e-9);
    }

    @Test
    void aStaleMarkerEndsASeriesAndCountsForNothing() {
        var points = every(10 * SECOND, 0, 10, Points.STALE, 30);
        assertEquals(30, v2(30 * SECOND, 30 * SECOND).increase(points), 1e-9);
        assertEquals(Double.NaN, v3(20 * SECOND, 5 * MINUTE).last(points));
        assertEquals(10, v3(19 * SECOND, 5 * MINUTE).last(points));
        assertEquals(30, v3(30 * SECOND, 5 * MINUTE).last(points));
        assertEquals(Double.NaN, v3(30 * SECOND + 5 * MINUTE, 5 * MINUTE).last(points));
        assertEquals(30, v2(30 * SECOND + 5 * MINUTE, 5 * MINUTE).last(points));
    }

    @Test
    void aValueThatIsNoNumberIsNoResetButSpoilsTheResult() {
        var points = every(10 * SECOND, 0, Double.NaN, 30);
        assertEquals(30, v2(20 * SECOND, 20 * SECOND).increase(points), 1e-9);
        var last = every(10 * SECOND, 0, 10, Double.NaN);
        assertEquals(Double.NaN, v2(20 * SECOND, 20 * SECOND).increase(last));
    }

    @Test
    void pointsMustBeInOrder() {
        var points = every(SECOND, 1);
        assertThrows(IllegalArgumentException.class, () -> points.add(0, 2));
    }

    @Test
    void theVersionOfAServerSaysWhoseArithmetic() {
        assertEquals(PrometheusVersion.V2, PrometheusVersion.of("2.42.0+ds"));
        assertEquals(PrometheusVersion.V3, PrometheusVersion.of("3.4.1"));
    }
}
