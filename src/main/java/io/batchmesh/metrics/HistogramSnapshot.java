package io.batchmesh.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A classic Prometheus histogram at one moment, or its increase over a window: cumulative counts by
 * upper bound, and the sum of what was observed. Immutable.
 */
public final class HistogramSnapshot {
    /** No bucket, no observation. */
    public static final HistogramSnapshot EMPTY =
            new HistogramSnapshot(new double[0], new double[0], 0, 0);

    private final double[] bounds;
    private final double[] cumulative;
    private final double sum;
    private final double count;

    private HistogramSnapshot(double[] bounds, double[] cumulative, double sum, double count) {
        this.bounds = bounds;
        this.cumulative = cumulative;
        this.sum = sum;
        this.count = count;
    }

    /**
     * Makes one of the buckets of an exposition, in any order; equal bounds are added up.
     *
     * @param upperBounds the values of {@code le}, +Inf among them
     * @param cumulativeCounts observations up to and including each bound
     * @param sum of all observed values
     * @throws IllegalArgumentException when the arrays differ in length or a bound is NaN
     */
    public static HistogramSnapshot of(
            double[] upperBounds, double[] cumulativeCounts, double sum) {
        if (upperBounds.length != cumulativeCounts.length) {
            throw new IllegalArgumentException(
                    upperBounds.length + " bounds, " + cumulativeCounts.length + " counts");
        }
        for (var bound : upperBounds) {
            if (Double.isNaN(bound)) {
                throw new IllegalArgumentException("a bucket's upper bound is NaN");
            }
        }
        var bounds = upperBounds.clone();
        var counts = cumulativeCounts.clone();
        if (!rising(bounds)) {
            var order =
                    IntStream.range(0, bounds.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> upperBounds[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            bounds = pick(upperBounds, order);
            counts = pick(cumulativeCounts, order);
        }
        var n = mergeEqual(bounds, counts);
        bounds = Arrays.copyOf(bounds, n);
        counts = Arrays.copyOf(counts, n);
        return new HistogramSnapshot(bounds, counts, sum, n == 0 ? 0 : counts[n - 1]);
    }

    /**
     * Makes one of buckets that are in order already, without copying them.
     *
     * @param rising upper bounds, each above the one before, never changed from now on; may be
     *     shared by many
     * @param cumulativeCounts as many, never changed from now on
     * @param sum of all observed values
     */
    public static HistogramSnapshot ofRising(
            double[] rising, double[] cumulativeCounts, double sum) {
        var n = rising.length;
        return new HistogramSnapshot(
                rising, cumulativeCounts, sum, n == 0 ? 0 : cumulativeCounts[n - 1]);
    }

    /** Number of buckets, +Inf included. */
    public int buckets() {
        return bounds.length;
    }

    /** Upper bound of bucket {@code i}; they rise. */
    public double upperBound(int i) {
        return bounds[i];
    }

    /** Observations up to and including the upper bound of bucket {@code i}. */
    public double cumulativeCount(int i) {
        return cumulative[i];
    }

    /** Number of observations: the count of the greatest bucket. */
    public double count() {
        return count;
    }

    /** Sum of the observed values. */
    public double sum() {
        return sum;
    }

    /** Mean of the observed values, {@code NaN} where there was none. */
    public double mean() {
        return count > 0 ? sum / count : Double.NaN;
    }

    /**
     * What was observed since {@code earlier}. When a bucket has shrunk or the bounds are others,
     * the process behind it was started anew, and all of this was observed since.
     */
    public HistogramSnapshot minus(HistogramSnapshot earlier) {
        if (!Arrays.equals(bounds, earlier.bounds) || shrunkSince(earlier)) {
            return this;
        }
        var increase = new double[cumulative.length];
        for (var i = 0; i < increase.length; i++) {
            increase[i] = cumulative[i] - earlier.cumulative[i];
        }
        return new HistogramSnapshot(bounds, increase, sum - earlier.sum, count - earlier.count);
    }

    /**
     * Both together. Where the bounds differ, only the common ones are kept, at which the sum is
     * exact.
     */
    public HistogramSnapshot plus(HistogramSnapshot other) {
        if (other.bounds.length == 0) {
            return this;
        }
        if (bounds.length == 0) {
            return other;
        }
        boolean same = bounds == other.bounds || Arrays.equals(bounds, other.bounds);
        return same ? addSame(other) : addCommon(other);
    }

    /** The same with every count and the sum multiplied, for instance to make rates of it. */
    public HistogramSnapshot times(double factor) {
        var scaled = cumulative.clone();
        for (var i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return new HistogramSnapshot(bounds, scaled, sum * factor, count * factor);
    }

    /**
     * The estimate of {@code histogram_quantile} for classic buckets: linear between the bounds of
     * the bucket that holds the rank. Source: {@code BucketQuantile} in Prometheus 3, {@code
     * promql/quantile.go}.
     *
     * @param q 0 to 1; below it is -Inf, above +Inf
     * @return in the unit of the bounds; {@code NaN} without observation or without +Inf bucket
     */
    public double quantile(double q) {
        return quantile(q, PrometheusVersion.V3);
    }

    /** Several of them, as {@link #quantile(double)} has each. */
    public double[] quantiles(double... quantiles) {
        return BucketQuantile.of(bounds, cumulative, quantiles);
    }

    /** As {@link #quantile(double)}, by the arithmetic of a version. */
    public double quantile(double q, PrometheusVersion version) {
        return BucketQuantile.of(version, q, bounds, cumulative);
    }

    private boolean shrunkSince(HistogramSnapshot earlier) {
        for (var i = 0; i < cumulative.length; i++) {
            if (cumulative[i] < earlier.cumulative[i]) {
                return true;
            }
        }
        return false;
    }

    private HistogramSnapshot addSame(HistogramSnapshot other) {
        var total = cumulative.clone();
        for (var i = 0; i < total.length; i++) {
            total[i] += other.cumulative[i];
        }
        return new HistogramSnapshot(bounds, total, sum + other.sum, count + other.count);
    }

    private HistogramSnapshot addCommon(HistogramSnapshot other) {
        var common = new double[Math.min(bounds.length, other.bounds.length)];
        var total = new double[common.length];
        var n = 0;
        for (int i = 0, j = 0; i < bounds.length && j < other.bounds.length; ) {
            if (bounds[i] == other.bounds[j]) {
                common[n] = bounds[i];
                total[n++] = cumulative[i++] + other.cumulative[j++];
            } else if (bounds[i] < other.bounds[j]) {
                i++;
            } else {
                j++;
            }
        }
        return new HistogramSnapshot(
                Arrays.copyOf(common, n),
                Arrays.copyOf(total, n),
                sum + other.sum,
                count + other.count);
    }

    private static boolean rising(double[] bounds) {
        for (var i = 1; i < bounds.length; i++) {
            if (bounds[i] < bounds[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static double[] pick(double[] values, int[] order) {
        var picked = new double[values.length];
        for (var i = 0; i < picked.length; i++) {
            picked[i] = values[order[i]];
        }
        return picked;
    }

    private static int mergeEqual(double[] bounds, double[] counts) {
        var n = 0;
        for (var i = 0; i < bounds.length; i++) {
            if (n > 0 && bounds[n - 1] == bounds[i]) {
                counts[n - 1] += counts[i];
            } else {
                bounds[n] = bounds[i];
                counts[n++] = counts[i];
            }
        }
        return n;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HistogramSnapshot that
                && Arrays.equals(bounds, that.bounds)
                && Arrays.equals(cumulative, that.cumulative)
                && Double.compare(sum, that.sum) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(cumulative) + Double.hashCode(sum);
    }

    @Override
    public String toString() {
        return "HistogramSnapshot[count=" + count + ", sum=" + sum + ", buckets=" + buckets() + "]";
    }
}
