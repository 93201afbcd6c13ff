package io.batchmesh.ui.canvas;

import java.util.Arrays;

/**
 * A chain of cubic Bezier curves: x and y of the start, then of two control points and the end for
 * each cubic. Immutable.
 */
public final class Curve {
    private static final int PER_CUBIC = 6;
    private static final int STEPS = 14;

    private final double[] xy;
    private final Box bounds;

    Curve(double... xy) {
        if (xy.length < 8 || (xy.length - 2) % PER_CUBIC != 0) {
            throw new IllegalArgumentException(xy.length + " numbers are no chain of cubics");
        }
        this.xy = xy.clone();
        this.bounds = boundsOf(this.xy);
    }

    /** Number of cubics. */
    public int cubics() {
        return (xy.length - 2) / PER_CUBIC;
    }

    double at(int i) {
        return xy[i];
    }

    /** The numbers, copied. */
    double[] numbers() {
        return xy.clone();
    }

    public double startX() {
        return xy[0];
    }

    public double startY() {
        return xy[1];
    }

    public double endX() {
        return xy[xy.length - 2];
    }

    public double endY() {
        return xy[xy.length - 1];
    }

    /** A box that the curve does not leave. */
    public Box bounds() {
        return bounds;
    }

    /** The curve as a polyline: x, y, x, y… */
    double[] flat() {
        var points = new double[2 * (cubics() * STEPS + 1)];
        points[0] = xy[0];
        points[1] = xy[1];
        for (var c = 0; c < cubics(); c++) {
            for (var s = 1; s <= STEPS; s++) {
                var at = 2 * (c * STEPS + s);
                point(c, (double) s / STEPS, points, at);
            }
        }
        return points;
    }

    private void point(int cubic, double t, double[] into, int at) {
        var i = cubic * PER_CUBIC;
        var u = 1 - t;
        double a = u * u * u;
        double b = 3 * u * u * t;
        double c = 3 * u * t * t;
        double d = t * t * t;
        into[at] = a * xy[i] + b * xy[i + 2] + c * xy[i + 4] + d * xy[i + 6];
        into[at + 1] = a * xy[i + 1] + b * xy[i + 3] + c * xy[i + 5] + d * xy[i + 7];
    }

    private static Box boundsOf(double[] xy) {
        double left = xy[0];
        double right = xy[0];
        double top = xy[1];
        double bottom = xy[1];
        for (var i = 2; i < xy.length; i += 2) {
            left = Math.min(left, xy[i]);
            right = Math.max(right, xy[i]);
            top = Math.min(top, xy[i + 1]);
            bottom = Math.max(bottom, xy[i + 1]);
        }
        return new Box(left, top, right - left, bottom - top);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Curve curve && Arrays.equals(xy, curve.xy);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(xy);
    }

    @Override
    public String toString() {
        return "Curve" + Arrays.toString(xy);
    }
}
