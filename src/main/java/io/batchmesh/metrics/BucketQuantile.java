package io.batchmesh.metrics;

/**
 * {@code BucketQuantile} of Prometheus ({@code promql/quantile.go}), step by step. Version 3 takes
 * counts that differ by the rounding of rates for equal, version 2 does not.
 */
final class BucketQuantile {
    /** Relative difference below which two counts are taken for equal. */
    private static final double TOLERANCE = 1e-12;

    /** Counts that differ by more than this are not equal, whatever is lost by rounding. */
    private static final double FAR = 1e-9;

    private BucketQuantile() {}

    /** Takes rising, distinct bounds and their cumulative counts; neither is changed. */
    static double of(PrometheusVersion version, double q, double[] bounds, double[] counts) {
        var risen = isWhole(bounds) ? risen(version, counts) : counts;
        return ofRisen(q, bounds, risen);
    }

    /** Several quantiles of one histogram, for little more than the price of one. */
    static double[] of(double[] bounds, double[] counts, double... quantiles) {
        var risen = isWhole(bounds) ? risen(PrometheusVersion.V3, counts) : counts;
        var results = new double[quantiles.length];
        for (var i = 0; i < results.length; i++) {
            results[i] = ofRisen(quantiles[i], bounds, risen);
        }
        return results;
    }

    private static boolean isWhole(double[] bounds) {
        return bounds.length >= 2 && bounds[bounds.length - 1] == Double.POSITIVE_INFINITY;
    }

    private static double[] risen(PrometheusVersion version, double[] counts) {
        return version == PrometheusVersion.V2 ? levelled(counts) : levelledWithTolerance(counts);
    }

    private static double ofRisen(double q, double[] bounds, double[] risen) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (!isWhole(bounds)) {
            return Double.NaN;
        }
        var total = risen[bounds.length - 1];
        return total == 0 ? Double.NaN : interpolate(q * total, bounds, risen);
    }

    private static double interpolate(double rank, double[] bounds, double[] counts) {
        var last = bounds.length - 1;
        var b = bucket(rank, counts);
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

    /** The first of all but the last that reaches the rank; by halves, as {@code sort.Search}. */
    private static int bucket(double rank, double[] counts) {
        var low = 0;
        var high = counts.length - 1;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (counts[middle] >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Buckets of one histogram are not read at one moment: a fall is noise, and is levelled. */
    private static double[] levelled(double[] counts) {
        var risen = counts.clone();
        var most = risen[0];
        for (var i = 1; i < risen.length; i++) {
            if (risen[i] > most) {
                most = risen[i];
            } else if (risen[i] < most) {
                risen[i] = most;
            }
        }
        return risen;
    }

    private static double[] levelledWithTolerance(double[] counts) {
        var risen = counts.clone();
        var previous = risen[0];
        for (var i = 1; i < risen.length; i++) {
            var current = risen[i];
            if (current != previous && (almostEqual(previous, current) || current < previous)) {
                risen[i] = previous;
            } else {
                previous = current;
            }
        }
        return risen;
    }

    /** {@code almost.Equal}; source: {@code util/almost/almost.go}. */
    private static boolean almostEqual(double a, double b) {
        if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
            return true;
        }
        var sum = Math.abs(a) + Math.abs(b);
        var difference = Math.abs(a - b);
        if (difference > FAR * sum) {
            // No need to divide: nearly all neighbours are.
            return false;
        }
        if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
            return difference < TOLERANCE * Double.MIN_NORMAL;
        }
        return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }
}
