package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;

/** What a colour on the canvas says. */
public enum Tone {
    /** The plain thing. */
    PLAIN(Swatch.TEXT, Swatch.EDGE),
    /** Beside the point. */
    MUTED(Swatch.MUTED, Swatch.LINE),
    /** Old or not known. */
    FAINT(Swatch.FAINT, Swatch.FAINT),
    /** Selected or edited. */
    ACCENT(Swatch.ACCENT_TEXT, Swatch.ACCENT),
    OK(Swatch.OK, Swatch.OK),
    WARN(Swatch.WARN, Swatch.WARN),
    ERROR(Swatch.ERROR, Swatch.ERROR);

    private final Swatch words;
    private final Swatch line;

    Tone(Swatch words, Swatch line) {
        this.words = words;
        this.line = line;
    }

    Swatch words() {
        return words;
    }

    Swatch line() {
        return line;
    }

    /** Whichever asks for more attention. */
    static Tone worse(Tone a, Tone b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
