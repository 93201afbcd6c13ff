package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.List;
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

    /**
     * Chains of cubics: x and y of the start, then of two control points and the end of each. All
     * of them in one stroke, since many long thin strokes take far longer.
     */
    void curves(List<double[]> chains, Swatch color, double width);

    /** Points joined by straight lines: x, y, x, y…; all of them in one stroke. */
    void polylines(List<double[]> lines, Swatch color, double width);

    default void curve(double[] xy, Swatch color, double width) {
        curves(List.of(xy), color, width);
    }

    default void polyline(double[] xy, Swatch color, double width) {
        polylines(List.of(xy), color, width);
    }

    /**
     * One of very many lines.
     *
     * @param xy as for a curve or a polyline
     * @param cubic whether it is a curve
     * @param color of the line
     * @param width of the line
     */
    @SuppressWarnings("ArrayRecordComponent") // thousands of them, made and painted at once
    record Strand(double[] xy, boolean cubic, Swatch color, double width) {}

    /** Very many lines, each of which covers what is below it a little. */
    default void strands(List<Strand> strands, double cover) {
        cover(cover);
        for (var strand : strands) {
            if (strand.cubic()) {
                curve(strand.xy(), strand.color(), strand.width());
            } else {
                polyline(strand.xy(), strand.color(), strand.width());
            }
        }
        cover(1);
    }

    void polygon(double[] xy, Swatch fill);

    /** One line of words; {@code y} is their base line. */
    void text(String words, double x, double y, TextStyle style, Swatch color);

    /** How much what follows covers what is below it, 0 to 1. */
    void cover(double alpha);
}
