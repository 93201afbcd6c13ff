package io.batchmesh.metrics;

/** {@code BucketQuantile} of Prometheus 3 ({@code promql/quantile.go}), step by step. */
final class BucketQuantile {
    /** Relative difference below which two counts are taken for equal, as Prometheus does. */
    private static final double TOLERANCE = 1e-12;

    private BucketQuantile() {}

    /** Takes rising, distinct bounds and their cumulative counts; neither is changed. */
    static double of(double q, double[] bounds, double[] counts) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        var n = bounds.length;
        if (n < 2 || bounds[n - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        var risen = monotonic(counts);
        var total = risen[n - 1];
        return total == 0 || Double.isNaN(total)
                ? Double.NaN
                : interpolate(q * total, bounds, risen);
    }

    private static double interpolate(double rank, double[] bounds, double[] counts) {
        var last = bounds.length - 1;
        var b = 0;
        while (b < last && !(counts[b] >= rank)) {
            b++;
        }
        if (b == last) {
            return bounds[last - 1];
        }
        if (b == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        var below = b > 0 ? counts[b - 1] : 0;
        var low = b > 0 ? bounds[b - 1] : 0;
        return low + (bounds[b] - low) * ((rank - below) / (counts[b] - below));
    }

    /** Buckets of one histogram are not read at one moment: a fall is noise, and is levelled. */
    private static double[] monotonic(double[] counts) {
        var risen = counts.clone();
        for (var i = 1; i < risen.length; i++) {
            if (risen[i] < risen[i - 1] || almostEqual(risen[i - 1], risen[i])) {
                risen[i] = risen[i - 1];
            }
        }
        return risen;
    }

    private static boolean almostEqual(double a, double b) {
        if (a == b) {
            return true;
        }
        var sum = Math.abs(a) + Math.abs(b);
        return Math.abs(a - b) / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }
}
