package io.batchmesh.ui.canvas;

/** Points joined by straight lines, measured by the way along them. */
final class Polyline {
    private final double[] xy;
    private final double[] way;

    /** Takes x, y, x, y…, at least two points. */
    Polyline(double[] xy) {
        this.xy = xy;
        this.way = new double[xy.length / 2];
        for (var i = 1; i < way.length; i++) {
            way[i] = way[i - 1] + Math.hypot(x(i) - x(i - 1), y(i) - y(i - 1));
        }
    }

    static Polyline of(Curve curve) {
        return new Polyline(curve.flat());
    }

    int points() {
        return way.length;
    }

    double x(int i) {
        return xy[2 * i];
    }

    double y(int i) {
        return xy[2 * i + 1];
    }

    double length() {
        return way[way.length - 1];
    }

    /** The point so far along; before the start it is the start, after the end the end. */
    double[] at(double distance) {
        if (distance <= 0) {
            return new double[] {x(0), y(0)};
        }
        var low = 0;
        var high = way.length - 1;
        if (distance >= way[high]) {
            return new double[] {x(high), y(high)};
        }
        while (high - low > 1) {
            var middle = (low + high) >>> 1;
            if (way[middle] <= distance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        var t = (distance - way[low]) / (way[high] - way[low]);
        return new double[] {x(low) + t * (x(high) - x(low)), y(low) + t * (y(high) - y(low))};
    }

    /** The shortest distance from a point to the line. */
    double distance(double px, double py) {
        double best = Double.MAX_VALUE;
        for (var i = 1; i < way.length; i++) {
            best = Math.min(best, distanceToPiece(i, px, py));
        }
        return best;
    }

    private double distanceToPiece(int i, double px, double py) {
        var dx = x(i) - x(i - 1);
        var dy = y(i) - y(i - 1);
        var square = dx * dx + dy * dy;
        var t = square == 0 ? 0 : ((px - x(i - 1)) * dx + (py - y(i - 1)) * dy) / square;
        var c = Math.clamp(t, 0, 1);
        return Math.hypot(px - x(i - 1) - c * dx, py - y(i - 1) - c * dy);
    }

    /** Whether a piece of the line comes into the box, as sampled at its points and middles. */
    boolean touches(Box box) {
        for (var i = 0; i < way.length; i++) {
            if (box.contains(x(i), y(i))) {
                return true;
            }
            if (i > 0 && box.contains((x(i) + x(i - 1)) / 2, (y(i) + y(i - 1)) / 2)) {
                return true;
            }
        }
        return false;
    }
}
