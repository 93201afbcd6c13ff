package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import org.jspecify.annotations.Nullable;

/** Draws plain shapes, in the pixels of what is drawn on. */
interface Pen {
    /**
     * Colours of a shape.
     *
     * @param fill inside, or null
     * @param stroke of the edge, or null
     * @param width of the edge
     */
    record Ink(@Nullable Swatch fill, @Nullable Swatch stroke, double width) {
        static Ink fill(Swatch fill) {
            return new Ink(fill, null, 0);
        }

        static Ink stroke(Swatch stroke, double width) {
            return new Ink(null, stroke, width);
        }
    }

    /** A rectangle, its corners rounded by a radius. */
    void box(Box box, double radius, Ink ink);

    void circle(double x, double y, double radius, Ink ink);

    /** A chain of cubics: x and y of the start, then of two control points and the end of each. */
    void curve(double[] xy, Swatch color, double width);

    /** Points joined by straight lines: x, y, x, y… */
    void polyline(double[] xy, Swatch color, double width);

    void polygon(double[] xy, Swatch fill);

    /** One line of words; {@code y} is their base line. */
    void text(String words, double x, double y, TextStyle style, Swatch color);

    /** How much what follows covers what is below it, 0 to 1. */
    void cover(double alpha);
}
