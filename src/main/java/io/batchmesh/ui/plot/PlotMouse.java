package io.batchmesh.ui.plot;

import java.util.function.DoubleToLongFunction;
import javafx.geometry.Rectangle2D;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Zooms by a brush, pans while Shift or the middle button is held, zooms by the wheel while Ctrl
 * is; a double click goes back to now.
 */
final class PlotMouse {
    private static final double LEAST_BRUSH = 6;
    private static final double WHEEL_STEP = 1.25;
    private static final double WHEEL_PIXELS = 40;

    private final Region brush;
    private Rectangle2D inner = Rectangle2D.EMPTY;
    private DoubleToLongFunction millisAt = x -> 0;
    private @Nullable TimeGestures gestures;
    private double from = Double.NaN;
    private boolean panning;

    PlotMouse(Region frame, Region brush) {
        this.brush = brush;
        frame.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        frame.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        frame.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        frame.addEventHandler(ScrollEvent.SCROLL, this::scroll);
    }

    void setGestures(@Nullable TimeGestures gestures) {
        this.gestures = gestures;
    }

    @Nullable TimeGestures gestures() {
        return gestures;
    }

    /** Says where the drawing is, and which moment is at a place. */
    void place(Rectangle2D area, DoubleToLongFunction moments) {
        inner = area;
        millisAt = moments;
    }

    private void press(MouseEvent event) {
        from = Double.NaN;
        if (gestures == null || !inner.contains(event.getX(), event.getY())) {
            return;
        }
        boolean primary = event.getButton() == MouseButton.PRIMARY;
        if (primary && event.getClickCount() == 2) {
            gestures.live();
            return;
        }
        if (primary || event.getButton() == MouseButton.MIDDLE) {
            from = event.getX();
            panning = !primary || event.isShiftDown();
        }
    }

    private void drag(MouseEvent event) {
        if (gestures == null || Double.isNaN(from)) {
            return;
        }
        double to = inside(event.getX());
        if (panning) {
            gestures.pan(millisAt.applyAsLong(from) - millisAt.applyAsLong(event.getX()));
            from = event.getX();
            return;
        }
        brush.setVisible(Math.abs(to - from) >= LEAST_BRUSH);
        brush.resizeRelocate(
                Math.min(from, to),
                inner.getMinY() + 1,
                Math.abs(to - from),
                inner.getHeight() - 2);
    }

    private void release(MouseEvent event) {
        double start = from;
        from = Double.NaN;
        brush.setVisible(false);
        double to = inside(event.getX());
        if (gestures != null
                && !Double.isNaN(start)
                && !panning
                && Math.abs(to - start) >= LEAST_BRUSH) {
            gestures.zoomTo(
                    millisAt.applyAsLong(Math.min(start, to)),
                    millisAt.applyAsLong(Math.max(start, to)));
        }
    }

    private double inside(double x) {
        return Math.clamp(x, inner.getMinX(), inner.getMaxX());
    }

    private void scroll(ScrollEvent event) {
        if (gestures == null || !inner.contains(event.getX(), event.getY())) {
            return;
        }
        if (event.isControlDown() && event.getDeltaY() != 0) {
            double steps = Math.clamp(event.getDeltaY() / WHEEL_PIXELS, -4, 4);
            gestures.zoom(Math.pow(WHEEL_STEP, -steps), millisAt.applyAsLong(inside(event.getX())));
            event.consume();
        } else if (event.getDeltaX() != 0) {
            double x = event.getX();
            gestures.pan(millisAt.applyAsLong(x - event.getDeltaX()) - millisAt.applyAsLong(x));
            event.consume();
        }
    }
}
