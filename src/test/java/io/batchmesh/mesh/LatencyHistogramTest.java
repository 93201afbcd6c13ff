package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void quantilesAreWithinThreePercentAndTheMeanIsExact() {
        long seed = 7;
        var random = new SplittableRandom(seed);
        var histogram = new LatencyHistogram();
        var values = new long[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.record(values[i]);
        }
        Arrays.sort(values);
        var snapshot = histogram.snapshot();
        double mean = Arrays.stream(values).average().orElseThrow() / 1e9;
        assertEquals(mean, snapshot.mean(), mean * 1e-9);
        for (double q : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            double exact = values[(int) Math.ceil(q * values.length) - 1] / 1e9;
            double found = snapshot.quantile(q);
            assertTrue(
                    Math.abs(found - exact) <= exact * 0.03 + 1e-9,
                    "seed " + seed + ", q " + q + ": " + found + " for " + exact);
        }
    }

    @Test
    void bucketsFollowOneAnotherWithoutGaps() {
        int before = -1;
        for (long value = 0; value < 1L << 20; value++) {
            int bucket = LatencyHistogram.bucket(value);
            assertTrue(bucket == before || bucket == before + 1, "at " + value);
            before = bucket;
        }
        assertEquals(LatencyHistogram.bucket(1L << 43), LatencyHistogram.bucket(Long.MAX_VALUE));
    }

    @Test
    void aDifferenceHoldsOnlyWhatCameBetween() {
        var histogram = new LatencyHistogram();
        histogram.record(1_000_000);
        var before = histogram.snapshot();
        histogram.record(3_000_000);
        var between = histogram.snapshot().minus(before);
        assertEquals(1, between.count());
        assertEquals(0.003, between.mean(), 1e-12);
        assertEquals(0.003, between.quantile(0.5), 0.0001);
        assertTrue(Double.isNaN(before.minus(before).mean()));
        assertTrue(Double.isNaN(before.minus(before).quantile(0.5)));
    }
}
