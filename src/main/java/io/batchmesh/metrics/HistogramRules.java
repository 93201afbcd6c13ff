package io.batchmesh.metrics;

/** What OpenMetrics 1.0 demands of the buckets, count and sum of one histogram at one time. */
final class HistogramRules {
    private final boolean gauge;
    private final int first;
    private double bound = Double.NaN;
    private double counted = Double.NaN;
    private double lowest = Double.NaN;
    private double count = Double.NaN;
    private double sum = Double.NaN;

    HistogramRules(MetricType type, int first) {
        this.gauge = type == MetricType.GAUGEHISTOGRAM;
        this.first = first;
    }

    void bucket(double upper, double value, int position) throws BadLine {
        if (upper <= bound) {
            throw new BadLine(position, "the bounds of the buckets must rise");
        }
        if (value < counted) {
            throw new BadLine(position, "a bucket counts what the one before it counts, and more");
        }
        lowest = Double.isNaN(lowest) ? upper : lowest;
        bound = upper;
        counted = value;
    }

    void count(double value) {
        count = value;
    }

    void sum(double value) {
        sum = value;
    }

    void end() throws BadLine {
        var hasCount = !Double.isNaN(count);
        var hasSum = !Double.isNaN(sum);
        if (Double.isNaN(bound) && !hasCount && !hasSum) {
            return;
        }
        check(bound == Double.POSITIVE_INFINITY, "the histogram needs a bucket of le=\"+Inf\"");
        check(!hasCount || count == counted, "the count of a histogram is that of its last bucket");
        var negative = lowest < 0;
        check(gauge || !negative || !hasSum, "with negative bounds a histogram has no sum");
        check(!gauge || negative || !(sum < 0), "the sum is negative, but no bound is");
        check((negative && !gauge) || hasCount == hasSum, "a histogram has both count and sum");
    }

    private void check(boolean kept, String rule) throws BadLine {
        if (!kept) {
            throw new BadLine(first, rule);
        }
    }
}
