package io.batchmesh.ui.canvas;

/**
 * How words look.
 *
 * @param size in pixels
 * @param mono in the fixed-width face
 * @param bold heavier
 * @param align where the given x is in the words
 */
record TextStyle(double size, boolean mono, boolean bold, Align align) {
    /** Where the given x is. */
    enum Align {
        LEFT,
        CENTER,
        RIGHT
    }

    static TextStyle sans(double size) {
        return new TextStyle(size, false, false, Align.LEFT);
    }

    static TextStyle mono(double size) {
        return new TextStyle(size, true, false, Align.LEFT);
    }

    TextStyle heavy() {
        return new TextStyle(size, mono, true, align);
    }

    TextStyle heavy(boolean heavy) {
        return new TextStyle(size, mono, heavy, align);
    }

    TextStyle right() {
        return new TextStyle(size, mono, bold, Align.RIGHT);
    }

    TextStyle centered() {
        return new TextStyle(size, mono, bold, Align.CENTER);
    }

    /** At another scale, in half pixels so that few fonts are made. */
    TextStyle scaled(double scale) {
        return new TextStyle(Math.max(1, Math.round(size * scale * 2) / 2.0), mono, bold, align);
    }
}
