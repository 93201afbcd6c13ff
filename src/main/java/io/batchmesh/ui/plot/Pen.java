package io.batchmesh.ui.plot;

/** Strokes traces on a raster, between the frame's bottom (0) and top (the scale's top). */
final class Pen {
    private static final double DOT = 2.2;

    private final Raster raster;
    private final double pixel;
    private final double top;

    Pen(Raster raster, double pixel, double top) {
        this.raster = raster;
        this.pixel = pixel;
        this.top = top;
    }

    double x(double position) {
        return position * raster.width();
    }

    double y(double value) {
        return (raster.height() - pixel) * (1 - value / top);
    }

    /** Horizontal lines at the values, a pixel thin. */
    void grid(Scale scale, int color) {
        int thin = Math.max(1, (int) pixel);
        for (double tick : scale.ticks()) {
            if (tick > 0 && tick < scale.top() * 0.999) {
                raster.fill(0, (int) Math.round(y(tick)), raster.width(), thin, color);
            }
        }
    }

    /** A vertical line of dashes. */
    void dashedUpright(double position, int color) {
        int x = (int) Math.round(x(position) - pixel / 2);
        int thin = Math.max(1, (int) Math.round(1.2 * pixel));
        int dash = (int) Math.round(4 * pixel);
        for (int y = 0; y < raster.height(); y += dash + (int) Math.round(3 * pixel)) {
            raster.fill(x, y, thin, dash, color);
        }
    }

    void stroke(Trace trace, double thickness, int color) {
        double half = thickness * pixel / 2;
        for (int i = 0; i < trace.size(); i++) {
            if (trace.joined(i)) {
                raster.mask()
                        .segment(
                                x(trace.x(i - 1)),
                                y(trace.value(i - 1)),
                                x(trace.x(i)),
                                y(trace.value(i)),
                                half);
            } else if (trace.alone(i)) {
                double x = x(trace.x(i));
                double y = y(trace.value(i));
                raster.mask().segment(x, y, x, y, half * 1.5);
            }
        }
        raster.paint(color);
    }

    /** Like {@code stroke}, but of dots. */
    void dots(Trace trace, double thickness, int color) {
        double half = thickness * pixel / 2;
        double period = 2 * DOT * pixel;
        double walked = 0;
        for (int i = 0; i < trace.size(); i++) {
            if (!trace.joined(i)) {
                walked = 0;
                continue;
            }
            double x0 = x(trace.x(i - 1));
            double y0 = y(trace.value(i - 1));
            double dx = x(trace.x(i)) - x0;
            double dy = y(trace.value(i)) - y0;
            double length = Math.hypot(dx, dy);
            for (double at = -(walked % period); at < length; at += period) {
                double from = Math.max(0, at) / length;
                double to = Math.min(length, at + DOT * pixel) / length;
                if (to > from) {
                    raster.mask()
                            .segment(
                                    x0 + from * dx,
                                    y0 + from * dy,
                                    x0 + to * dx,
                                    y0 + to * dy,
                                    half);
                }
            }
            walked += length;
        }
        raster.paint(color);
    }
}
