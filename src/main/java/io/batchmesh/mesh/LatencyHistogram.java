package io.batchmesh.mesh;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets whose width is at most 1/32 of their value, so that quantiles are
 * exact to about 3 %; the mean is exact. One thread records, any may take a snapshot.
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 5;
    private static final int SUB = 1 << SUB_BITS;

    /** Up to 2^43 ns, two and a half hours; longer ones count as that. */
    private static final int BUCKETS = (43 - SUB_BITS + 1) * SUB;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong sum = new AtomicLong();

    /** Counts a duration; a negative one counts as zero. */
    void record(long nanos) {
        long value = Math.max(0, nanos);
        int bucket = bucket(value);
        counts.lazySet(bucket, counts.get(bucket) + 1);
        sum.lazySet(sum.get() + value);
    }

    Snapshot snapshot() {
        var copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = counts.get(i);
        }
        return new Snapshot(copy, sum.get());
    }

    static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return Math.min(BUCKETS - 1, (shift + 1) * SUB + (int) (value >>> shift) - SUB);
    }

    /** The middle of a bucket, in nanoseconds. */
    static double middle(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        long low = (long) (bucket % SUB + SUB) << shift;
        return low + ((1L << shift) - 1) / 2.0;
    }

    /** Durations counted up to one moment, or between two. */
    static final class Snapshot {
        private final long[] counts;
        private final double sum;
        private final long count;

        private Snapshot(long[] counts, double sum) {
            this.counts = counts;
            this.sum = sum;
            long all = 0;
            for (long n : counts) {
                all += n;
            }
            this.count = all;
        }

        static Snapshot none() {
            return new Snapshot(new long[BUCKETS], 0);
        }

        long count() {
            return count;
        }

        /** Seconds; NaN where nothing was counted. */
        double mean() {
            return count == 0 ? Double.NaN : sum / count / 1e9;
        }

        /** Seconds; NaN where nothing was counted. */
        double quantile(double q) {
            long rank = Math.max(1, (long) Math.ceil(q * count));
            for (int i = 0; i < counts.length; i++) {
                rank -= counts[i];
                if (rank <= 0) {
                    return count == 0 ? Double.NaN : middle(i) / 1e9;
                }
            }
            return Double.NaN;
        }

        /** What was counted since an earlier snapshot of the same histogram. */
        Snapshot minus(Snapshot earlier) {
            return combine(earlier, -1);
        }

        Snapshot plus(Snapshot other) {
            return combine(other, 1);
        }

        private Snapshot combine(Snapshot other, int sign) {
            var result = counts.clone();
            for (int i = 0; i < result.length; i++) {
                result[i] += sign * other.counts[i];
            }
            return new Snapshot(result, sum + sign * other.sum);
        }
    }
}
