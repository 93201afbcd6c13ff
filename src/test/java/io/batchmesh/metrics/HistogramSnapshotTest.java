package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HistogramSnapshotTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static HistogramSnapshot histogram(double... boundAndCount) {
        var n = boundAndCount.length / 2;
        var bounds = new double[n];
        var counts = new double[n];
        for (var i = 0; i < n; i++) {
            bounds[i] = boundAndCount[2 * i];
            counts[i] = boundAndCount[2 * i + 1];
        }
        return HistogramSnapshot.of(bounds, counts, 10);
    }

    @Test
    void quantileAgreesWithPrometheus() {
        // Measured with promtool: rates le1=1, le5=2, +Inf=2.
        assertEquals(4.2, histogram(1, 1, 5, 2, INF, 2).quantile(0.9), 1e-12);
    }

    @Test
    void quantileInTheOverflowBucketIsItsLowerBound() {
        assertEquals(5, histogram(1, 1, 5, 2, INF, 20).quantile(0.99));
    }

    @Test
    void quantileOutsideZeroToOneIsInfinite() {
        var some = histogram(1, 1, INF, 2);
        assertEquals(-INF, some.quantile(-0.1));
        assertEquals(INF, some.quantile(1.1));
        assertEquals(Double.NaN, some.quantile(Double.NaN));
    }

    @Test
    void quantileNeedsTheOverflowBucketAndObservations() {
        assertEquals(Double.NaN, histogram(1, 1, 5, 2).quantile(0.5));
        assertEquals(Double.NaN, histogram(INF, 2).quantile(0.5));
        assertEquals(Double.NaN, histogram(1, 0, INF, 0).quantile(0.5));
        assertEquals(Double.NaN, HistogramSnapshot.EMPTY.quantile(0.5));
    }

    @Test
    void firstBucketStartsAtZeroUnlessItsBoundIsNotPositive() {
        assertEquals(0.5, histogram(1, 10, INF, 10).quantile(0.5));
        assertEquals(-1, histogram(-1, 10, INF, 10).quantile(0.5));
    }

    @Test
    void fallingCountsAreLevelledBeforeTheQuantile() {
        assertEquals(
                histogram(1, 5, 2, 5, INF, 10).quantile(0.6),
                histogram(1, 5, 2, 4, INF, 10).quantile(0.6));
    }

    @Test
    void bucketsInAnyOrderAndEqualBoundsAreUnderstood() {
        assertEquals(histogram(1, 3, 5, 4, INF, 4), histogram(INF, 4, 1, 1, 5, 4, 1, 2));
    }

    @Test
    void aBoundThatIsNoNumberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> histogram(Double.NaN, 1, INF, 2));
    }

    @Test
    void increaseIsTheDifference() {
        var increase = histogram(1, 7, INF, 9).minus(histogram(1, 2, INF, 3));
        assertEquals(5, increase.cumulativeCount(0));
        assertEquals(6, increase.count());
        assertEquals(0, increase.sum());
    }

    @Test
    void increaseAfterARestartIsEverythingSince() {
        var now = histogram(1, 1, INF, 3);
        assertEquals(now, now.minus(histogram(1, 2, INF, 2)));
        assertEquals(now, now.minus(histogram(2, 1, INF, 1)));
    }

    @Test
    void sumOfDifferentBoundsKeepsTheCommonOnes() {
        var sum = histogram(1, 1, 2, 2, 5, 3, INF, 4).plus(histogram(2, 10, 4, 20, INF, 30));
        assertEquals(2, sum.buckets());
        assertEquals(12, sum.cumulativeCount(0));
        assertEquals(34, sum.count());
        assertEquals(20, sum.sum());
    }

    @Test
    void nothingIsTheNeutralElement() {
        var some = histogram(1, 1, INF, 2);
        assertEquals(some, some.plus(HistogramSnapshot.EMPTY));
        assertEquals(some, HistogramSnapshot.EMPTY.plus(some));
        assertEquals(some, some.minus(HistogramSnapshot.EMPTY));
    }

    @Test
    void latencyOfNothingIsNoneAndNotZero() {
        assertEquals(Latency.NONE, Latency.of(histogram(1, 0, INF, 0)));
        assertTrue(Latency.of(histogram(1, 1, INF, 4)).present());
        assertEquals(2.5, Latency.of(histogram(1, 1, INF, 4)).mean());
    }

    @Test
    void manyBucketsInFallingOrderAreSortedQuickly() {
        var n = 200_000;
        var bounds = new double[n];
        for (var i = 0; i < n; i++) {
            bounds[i] = n - i;
        }
        assertEquals(n, HistogramSnapshot.of(bounds, new double[n], 0).buckets());
    }
}
