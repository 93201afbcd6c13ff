package io.batchmesh.ui.canvas;

/** How much is drawn: fewer words when far, no words when far and many. */
enum Detail {
    /** Plain boxes and straight lines. */
    BLOCKS,
    /** Boxes and curves. */
    SHAPES,
    /** And the names of the services. */
    NAMES,
    /** And rates, and the first line of each badge. */
    SHORT,
    /** Everything. */
    FULL;

    static final double FULL_FROM = 0.78;
    private static final double SHORT_FROM = 0.45;
    private static final double NAMES_FROM = 0.2;
    private static final double CURVES_FROM = 0.2;

    /** Words cost most of a picture; so many names are affordable. */
    private static final int MANY = 320;

    /** By scale and by how many cards are in view. */
    static Detail of(double scale, int cards) {
        if (scale >= FULL_FROM) {
            return FULL;
        }
        if (scale >= SHORT_FROM) {
            return SHORT;
        }
        if (scale >= NAMES_FROM && cards <= MANY) {
            return NAMES;
        }
        return scale >= CURVES_FROM ? SHAPES : BLOCKS;
    }

    boolean atLeast(Detail other) {
        return compareTo(other) >= 0;
    }
}
