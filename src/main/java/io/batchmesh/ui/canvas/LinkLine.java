package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;

/**
 * A link on the canvas.
 *
 * @param id who calls whom
 * @param curve where
 * @param width in drawing units at scale 1
 * @param tone its colour
 * @param selected whether it is selected
 * @param reading what is seen of it
 * @param pace how its traffic moves
 */
public record LinkLine(
        LinkId id,
        Curve curve,
        double width,
        Tone tone,
        boolean selected,
        Reading reading,
        Pace pace) {
    /**
     * How the dots on a link move.
     *
     * @param gap way between two dots in drawing units; 0 for no dots
     * @param size radius of a dot
     */
    public record Pace(double gap, double size) {
        /** Nothing moves. */
        public static final Pace NONE = new Pace(0, 0);
    }
}
