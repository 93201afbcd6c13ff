package io.batchmesh.metrics;

/**
 * A stretch of time, and what Prometheus's functions of ranges say about a series in it, step by
 * step as they do, so that the results agree to the last bit. Source: {@code extrapolatedRate} and
 * {@code instantValue} in {@code promql/functions.go} of Prometheus 3, and of 2.42.
 *
 * <p>Where there are too few samples the result is {@code NaN}: nothing is known, which is not
 * zero. Stale markers count for nothing.
 *
 * @param version whose arithmetic
 * @param start in nanoseconds, of the same clock as the points
 * @param end in nanoseconds, the moment of evaluation
 */
public record RangeWindow(PrometheusVersion version, long start, long end) {
    /** Samples further from an end than this times their distance do not reach up to it. */
    private static final double THRESHOLD = 1.1;

    public RangeWindow {
        if (end < start) {
            throw new IllegalArgumentException("a window must not end before it starts");
        }
    }

    /** The window that ends at a moment. */
    public static RangeWindow upTo(PrometheusVersion version, long end, long lengthNanos) {
        return new RangeWindow(version, end - lengthNanos, end);
    }

    /** Length in seconds. */
    public double seconds() {
        return (end - start) / 1e9;
    }

    /** {@code increase}: by how much a counter grew, extrapolated to the ends of the window. */
    public double increase(Points points) {
        return extrapolated(points, true, false);
    }

    /** {@code rate}: by how much a counter grew, per second. */
    public double rate(Points points) {
        return extrapolated(points, true, true);
    }

    /** {@code delta}: by how much a gauge changed, extrapolated to the ends of the window. */
    public double delta(Points points) {
        return extrapolated(points, false, false);
    }

    /** {@code irate}: the growth of a counter between its last two samples, per second. */
    public double irate(Points points) {
        var last = before(points, points.size());
        var previous = last < 0 ? -1 : before(points, last);
        if (previous < 0) {
            return Double.NaN;
        }
        var value = points.value(last);
        var grown = points.resetSince(previous, last) ? value : value - points.value(previous);
        return grown / seconds(points.nanos(previous), points.nanos(last));
    }

    /**
     * What a selector says at the end of the window, whose length is how far it looks back: the
     * last sample, {@code NaN} when there is none or the series ended before.
     */
    public double last(Points points) {
        for (var i = points.size() - 1; i >= 0; i--) {
            if (holds(points.nanos(i))) {
                return points.stale(i) ? Double.NaN : points.value(i);
            }
        }
        return Double.NaN;
    }

    private boolean holds(long nanos) {
        return nanos <= end && (version == PrometheusVersion.V2 ? nanos >= start : nanos > start);
    }

    /** The last sample in the window before this index, -1 when there is none. */
    private int before(Points points, int index) {
        var i = index - 1;
        while (i >= 0 && (!holds(points.nanos(i)) || points.stale(i))) {
            i--;
        }
        return i;
    }

    private double extrapolated(Points points, boolean counter, boolean perSecond) {
        var first = -1;
        var last = -1;
        var count = 0;
        for (var i = 0; i < points.size(); i++) {
            if (!holds(points.nanos(i)) || points.stale(i)) {
                continue;
            }
            if (first < 0) {
                first = i;
            }
            last = i;
            count++;
        }
        if (count < 2) {
            return Double.NaN;
        }
        var difference = points.value(last) - points.value(first);
        var grown = counter ? withResets(points, first, last, difference) : difference;
        var sampled = seconds(points.nanos(first), points.nanos(last));
        var stretch = new Stretch(sampled, sampled / (count - 1), grown, points.value(first));
        var before = seconds(start, points.nanos(first));
        var after = stretch.bounded(seconds(points.nanos(last), end));
        var reached = counter ? stretch.counterBefore(before, version) : stretch.bounded(before);
        var factor = (sampled + reached + after) / sampled;
        if (perSecond) {
            factor /= seconds();
        }
        return grown * factor;
    }

    /** A counter that falls began anew at zero. */
    private double withResets(Points points, int first, int last, double difference) {
        var grown = difference;
        var previous = first;
        for (var i = first + 1; i <= last; i++) {
            if (points.stale(i)) {
                continue;
            }
            if (points.resetSince(previous, i)) {
                grown += points.value(previous);
            }
            previous = i;
        }
        return grown;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    /** How far the growth between the samples reaches beyond them. */
    private record Stretch(double sampled, double average, double grown, double first) {
        /** Up to the end of the window if it is near, half a distance of samples otherwise. */
        private double bounded(double distance) {
            return distance < average * THRESHOLD ? distance : average / 2;
        }

        /** As {@link #bounded}, but no further than to where the counter would be zero. */
        private double counterBefore(double distance, PrometheusVersion version) {
            return version == PrometheusVersion.V2
                    ? bounded(notBelowZero(distance))
                    : notBelowZero(bounded(distance));
        }

        private double notBelowZero(double distance) {
            return grown > 0 && first >= 0
                    ? Math.min(distance, sampled * (first / grown))
                    : distance;
        }
    }
}
