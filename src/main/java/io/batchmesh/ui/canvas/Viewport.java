package io.batchmesh.ui.canvas;

/**
 * Which part of the drawing is seen: a pixel is {@code scale * drawing + offset}.
 *
 * @param scale pixels for each drawing unit
 * @param offsetX pixels
 * @param offsetY pixels
 */
public record Viewport(double scale, double offsetX, double offsetY) {
    public static final double MIN_SCALE = 0.005;
    public static final double MAX_SCALE = 3;

    /** The drawing as it is. */
    public static final Viewport PLAIN = new Viewport(1, 0, 0);

    /** A small drawing is not blown up further than this to fill the view. */
    private static final double MAX_FIT = 1.15;

    public double x(double drawingX) {
        return drawingX * scale + offsetX;
    }

    public double y(double drawingY) {
        return drawingY * scale + offsetY;
    }

    public double drawingX(double x) {
        return (x - offsetX) / scale;
    }

    public double drawingY(double y) {
        return (y - offsetY) / scale;
    }

    /** In pixels. */
    public Box box(Box drawing) {
        return new Box(
                x(drawing.x()), y(drawing.y()), drawing.width() * scale, drawing.height() * scale);
    }

    /** In drawing units: what a view of this size shows. */
    public Box seen(double width, double height) {
        return new Box(drawingX(0), drawingY(0), width / scale, height / scale);
    }

    public Viewport panned(double dx, double dy) {
        return new Viewport(scale, offsetX + dx, offsetY + dy);
    }

    /** Larger by a factor, with the point under (x, y) staying there. */
    public Viewport zoomed(double factor, double x, double y) {
        return at(Math.clamp(scale * factor, MIN_SCALE, MAX_SCALE), x, y);
    }

    /** At a scale, with the point under (x, y) staying there. */
    public Viewport at(double newScale, double x, double y) {
        return new Viewport(newScale, x - drawingX(x) * newScale, y - drawingY(y) * newScale);
    }

    /** All of a box in the middle of a view of this size, with a margin in pixels around it. */
    public static Viewport fitting(Box drawing, double width, double height, double margin) {
        var w = Math.max(1, width - 2 * margin);
        var h = Math.max(1, height - 2 * margin);
        var fit = Math.min(w / Math.max(1, drawing.width()), h / Math.max(1, drawing.height()));
        var scale = Math.clamp(fit, MIN_SCALE, MAX_FIT);
        return new Viewport(
                scale,
                width / 2 - drawing.centerX() * scale,
                height / 2 - drawing.centerY() * scale);
    }

    /** The same scale, moved so that the point is in the middle of a view of this size. */
    public Viewport centeredOn(double drawingX, double drawingY, double width, double height) {
        return new Viewport(scale, width / 2 - drawingX * scale, height / 2 - drawingY * scale);
    }
}
