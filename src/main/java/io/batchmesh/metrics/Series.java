package io.batchmesh.metrics;

import java.util.Arrays;

/** One quantity over time, oldest first; {@code NaN} is a gap. Immutable. */
public final class Series {
    /** No point. */
    public static final Series EMPTY = new Series(new long[0], new double[0]);

    private final long[] millis;
    private final double[] values;

    /** Takes the arrays over: the caller must not change them afterwards. */
    Series(long[] millis, double[] values) {
        this.millis = millis;
        this.values = values;
    }

    /** Makes one; the arrays are copied and must be of one length. */
    public static Series of(long[] epochMillis, double[] values) {
        if (epochMillis.length != values.length) {
            throw new IllegalArgumentException(
                    epochMillis.length + " times, " + values.length + " values");
        }
        return new Series(epochMillis.clone(), values.clone());
    }

    /** Number of points, gaps included. */
    public int size() {
        return millis.length;
    }

    /** Time of point {@code i} in milliseconds since 1970. */
    public long millis(int i) {
        return millis[i];
    }

    /** Value of point {@code i}, {@code NaN} for a gap. */
    public double value(int i) {
        return values[i];
    }

    /** The times, copied. */
    public long[] times() {
        return millis.clone();
    }

    /** The values, copied. */
    public double[] values() {
        return values.clone();
    }

    /** The points up to a moment, itself included. */
    public Series until(long epochMillis) {
        var end = Arrays.binarySearch(millis, epochMillis);
        end = end >= 0 ? end + 1 : -end - 1;
        return end == millis.length
                ? this
                : new Series(Arrays.copyOf(millis, end), Arrays.copyOf(values, end));
    }

    /** The same points, later by so much. */
    public Series later(long byMillis) {
        var times = millis.clone();
        for (var i = 0; i < times.length; i++) {
            times[i] += byMillis;
        }
        return new Series(times, values);
    }

    /** The mean of what is known between two moments, both included; {@code NaN} if nothing. */
    public double mean(long fromMillis, long untilMillis) {
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < millis.length; i++) {
            if (millis[i] >= fromMillis && millis[i] <= untilMillis && !Double.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** The last value that is no gap, {@code NaN} if there is none. */
    public double last() {
        for (var i = values.length - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }
}
