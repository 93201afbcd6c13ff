package io.batchmesh.ui.theme;

import java.util.Locale;

/** The colours that a drawing takes from the theme, by what they are for. */
public enum Swatch {
    GROUND,
    PANEL,
    LINE,
    TEXT,
    MUTED,
    FAINT,
    ACCENT,
    OK,
    WARN,
    ERROR,
    COLLECT,
    COMBINE,
    CACHE,
    COMPRESS,
    SEND,
    RAISED,
    NODE,
    HOVER,
    SELECTION,
    GRID,
    EDGE,
    ACCENT_TEXT,
    ON_ACCENT,
    ACCENT_SOFT,
    OK_SOFT,
    WARN_SOFT,
    ERROR_SOFT;

    /** The CSS property of {@code .bm-palette} that carries this colour. */
    String property() {
        return "-bm-drawn-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
