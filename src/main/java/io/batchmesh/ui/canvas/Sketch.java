package io.batchmesh.ui.canvas;

import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.theme.Swatch;
import org.jspecify.annotations.Nullable;

/** What the mouse is drawing but has not finished. */
sealed interface Sketch {
    /** Nothing. */
    Sketch NONE = new None();

    void paint(Pen pen, Picture picture, Viewport view);

    /** Nothing. */
    record None() implements Sketch {
        @Override
        public void paint(Pen pen, Picture picture, Viewport view) {}
    }

    /** A lasso, in pixels. */
    record Lasso(Box box) implements Sketch {
        @Override
        public void paint(Pen pen, Picture picture, Viewport view) {
            pen.cover(0.18);
            pen.box(box, 2, Pen.Ink.fill(Swatch.ACCENT));
            pen.cover(1);
            pen.box(box, 2, Pen.Ink.stroke(Swatch.ACCENT, 1));
        }
    }

    /**
     * A new link from a card to the pointer.
     *
     * @param from its caller
     * @param x pointer in pixels
     * @param y pointer in pixels
     * @param target the service under the pointer that can be called, or null
     */
    record NewLink(ServiceId from, double x, double y, @Nullable ServiceId target)
            implements Sketch {
        @Override
        public void paint(Pen pen, Picture picture, Viewport view) {
            var caller = picture.card(from);
            if (caller == null) {
                return;
            }
            var called = target == null ? null : picture.card(target);
            if (called == null) {
                line(pen, view, caller, x, y);
                return;
            }
            pen.box(
                    view.box(called.box()).grown(4),
                    9 * view.scale() + 4,
                    Pen.Ink.stroke(Swatch.ACCENT, 2));
            line(pen, view, caller, view.x(called.box().x()), view.y(called.portY()));
        }

        private static void line(Pen pen, Viewport view, Card caller, double x2, double y2) {
            var x1 = view.x(caller.portX());
            var y1 = view.y(caller.portY());
            var reach = Math.max(30, Math.abs(x2 - x1) / 2);
            pen.curve(
                    new double[] {x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2},
                    Swatch.ACCENT,
                    2);
            pen.circle(x2, y2, 3.5, Pen.Ink.fill(Swatch.ACCENT));
        }
    }
}
