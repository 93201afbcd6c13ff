package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Series;
import java.util.Arrays;

/**
 * The points of a series that a window shows, placed from left (0) to right (1). Points that are
 * further apart than is usual for the series are not joined: nothing was seen between them.
 */
final class Trace {
    private static final int SAMPLED = 15;
    private static final int USUAL_TIMES = 4;

    private final double[] x;
    private final double[] values;
    private final boolean[] joined;

    private Trace(double[] x, double[] values, boolean[] joined) {
        this.x = x;
        this.values = values;
        this.joined = joined;
    }

    static Trace of(Series series, TimeWindow window) {
        int first = firstShown(series, window);
        int n = series.size() - first;
        double[] x = new double[n];
        double[] values = new double[n];
        boolean[] joined = new boolean[n];
        long gap = USUAL_TIMES * usualStep(series);
        for (int i = 0; i < n; i++) {
            x[i] = window.position(series.millis(first + i));
            values[i] = series.value(first + i);
            joined[i] =
                    i > 0
                            && !Double.isNaN(values[i])
                            && !Double.isNaN(values[i - 1])
                            && series.millis(first + i) - series.millis(first + i - 1) <= gap;
        }
        return new Trace(x, values, joined);
    }

    int size() {
        return x.length;
    }

    double x(int i) {
        return x[i];
    }

    double value(int i) {
        return values[i];
    }

    /** Whether a line leads here from the point before. */
    boolean joined(int i) {
        return joined[i];
    }

    /** Whether no line leads here or away. */
    boolean alone(int i) {
        return !joined[i] && !Double.isNaN(values[i]) && (i + 1 == joined.length || !joined[i + 1]);
    }

    /** The first point of the series that matters: the last one left of the window. */
    private static int firstShown(Series series, TimeWindow window) {
        int i = series.size();
        while (i > 0 && series.millis(i - 1) >= window.startMillis()) {
            i--;
        }
        return Math.max(0, i - 1);
    }

    /** The median distance of the latest points, in milliseconds. */
    private static long usualStep(Series series) {
        int n = Math.min(SAMPLED, series.size() - 1);
        if (n < 1) {
            return Long.MAX_VALUE / USUAL_TIMES;
        }
        long[] steps = new long[n];
        for (int i = 0; i < n; i++) {
            int at = series.size() - 1 - i;
            steps[i] = series.millis(at) - series.millis(at - 1);
        }
        Arrays.sort(steps);
        return Math.max(1, steps[n / 2]);
    }
}
