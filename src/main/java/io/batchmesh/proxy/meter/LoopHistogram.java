package io.batchmesh.proxy.meter;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A histogram that one thread adds to and any thread reads, without locks or allocation. A read may
 * miss the observation that is being made.
 */
public final class LoopHistogram {
    /** What the buckets are and what one unit of an observation is worth. */
    public static final class Scale {
        /** Durations in nanoseconds, shown in seconds: 2 µs to 10 s, about five a decade. */
        public static final Scale NANOS =
                new Scale(
                        1e9,
                        2_000L,
                        5_000L,
                        10_000L,
                        20_000L,
                        50_000L,
                        100_000L,
                        150_000L,
                        200_000L,
                        300_000L,
                        500_000L,
                        700_000L,
                        1_000_000L,
                        1_500_000L,
                        2_000_000L,
                        3_000_000L,
                        5_000_000L,
                        7_000_000L,
                        10_000_000L,
                        15_000_000L,
                        20_000_000L,
                        30_000_000L,
                        50_000_000L,
                        70_000_000L,
                        100_000_000L,
                        200_000_000L,
                        500_000_000L,
                        1_000_000_000L,
                        2_000_000_000L,
                        5_000_000_000L,
                        10_000_000_000L);

        /** Items of a batch: powers of two to 4096. */
        public static final Scale ITEMS =
                new Scale(1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096);

        private final double unit;
        private final long[] bounds;
        private final double[] shown;

        private Scale(double unit, long... bounds) {
            this.unit = unit;
            this.bounds = bounds;
            this.shown = new double[bounds.length + 1];
            for (int i = 0; i < bounds.length; i++) {
                shown[i] = bounds[i] / unit;
            }
            shown[bounds.length] = Double.POSITIVE_INFINITY;
        }
    }

    private final Scale scale;
    private final AtomicLongArray counts;
    private final LoopCounter sum = new LoopCounter();
    private volatile @Nullable AtomicReferenceArray<@Nullable Exemplar> exemplars;

    public LoopHistogram(Scale scale) {
        this.scale = scale;
        this.counts = new AtomicLongArray(scale.bounds.length + 1);
    }

    /** Observes a value in units of the scale; negative ones count as 0. Owning loop only. */
    public void observe(long value) {
        observe(value, 1);
    }

    /** Observes a value so many times. Owning loop only. */
    public void observe(long value, long times) {
        long clean = Math.max(0, value);
        int at = Arrays.binarySearch(scale.bounds, clean);
        int bucket = at >= 0 ? at : -at - 1;
        counts.setOpaque(bucket, counts.getPlain(bucket) + times);
        sum.add(clean * times);
    }

    /**
     * Remembers which trace an observation belongs to: the last one of each bucket. Owning loop
     * only.
     *
     * @param value as it was observed
     * @param wallMillis when, in milliseconds since 1970
     */
    public void exemplar(long value, String traceId, String spanId, long wallMillis) {
        var all = exemplars;
        if (all == null) {
            all = new AtomicReferenceArray<>(counts.length());
            exemplars = all;
        }
        long clean = Math.max(0, value);
        int at = Arrays.binarySearch(scale.bounds, clean);
        all.setRelease(
                at >= 0 ? at : -at - 1,
                Exemplar.builder()
                        .value(clean / scale.unit)
                        .traceId(traceId)
                        .spanId(spanId)
                        .timestampMillis(wallMillis)
                        .build());
    }

    private Exemplars exemplars() {
        var all = exemplars;
        if (all == null) {
            return Exemplars.EMPTY;
        }
        var known = new ArrayList<Exemplar>();
        for (int i = 0; i < all.length(); i++) {
            var one = all.getAcquire(i);
            if (one != null) {
                known.add(one);
            }
        }
        return Exemplars.of(known);
    }

    /** Observations so far. */
    public long count() {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.getOpaque(i);
        }
        return all;
    }

    /** Sum of all observations, in units of the scale. */
    public long sum() {
        return sum.get();
    }

    HistogramDataPointSnapshot snapshot(Labels labels) {
        var numbers = new long[counts.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = counts.getOpaque(i);
        }
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(scale.shown, numbers),
                sum.get() / scale.unit,
                labels,
                exemplars(),
                0L);
    }
}
