package io.batchmesh.forecast;

import io.batchmesh.policy.BatchWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fixed window would do with each linger, all else as it is set.
 *
 * @param points by rising linger, at least two
 */
public record LingerCurve(List<Point> points) {
    private static final int STEPS = 32;

    /**
     * One linger.
     *
     * @param linger seconds
     * @param forecast what it would do
     */
    public record Point(double linger, Forecast forecast) {}

    public LingerCurve {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("a curve has two points or more");
        }
    }

    /**
     * Computes it.
     *
     * @param longest seconds, the last linger; the others are spread evenly from 0
     */
    public static LingerCurve of(
            Forecaster forecaster, Workload load, BatchWindow window, double longest) {
        var fixed = window.withPolicy(BatchWindow.Policy.FIXED);
        var points = new ArrayList<Point>();
        for (int i = 0; i <= STEPS; i++) {
            long nanos = Math.round(longest * 1e9 * i / STEPS);
            var tried = fixed.withLinger(Duration.ofNanos(nanos));
            points.add(new Point(nanos / 1e9, forecaster.forecast(load, tried)));
        }
        return new LingerCurve(points);
    }

    /** The last linger, in seconds. */
    public double longest() {
        return points.getLast().linger();
    }
}
