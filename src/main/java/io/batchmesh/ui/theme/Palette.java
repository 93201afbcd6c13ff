package io.batchmesh.ui.theme;

import java.util.List;
import java.util.Map;
import javafx.scene.paint.Color;

/**
 * The colours of one theme, for what is drawn on a canvas. They come from the style sheets: see
 * {@link PaletteRegion} and {@link Theme#palette()}.
 *
 * @param colors a colour for every swatch
 */
public record Palette(Map<Swatch, Color> colors) {

    public Palette {
        colors = Map.copyOf(colors);
        for (Swatch swatch : Swatch.values()) {
            if (!colors.containsKey(swatch)) {
                throw new IllegalArgumentException("no colour for " + swatch);
            }
        }
    }

    public Color of(Swatch swatch) {
        Color color = colors.get(swatch);
        if (color == null) {
            throw new IllegalStateException("no colour for " + swatch);
        }
        return color;
    }

    public Color ground() {
        return of(Swatch.GROUND);
    }

    public Color panel() {
        return of(Swatch.PANEL);
    }

    public Color line() {
        return of(Swatch.LINE);
    }

    public Color text() {
        return of(Swatch.TEXT);
    }

    public Color muted() {
        return of(Swatch.MUTED);
    }

    /** For words on panels only: on the ground it is too faint, use {@link #muted()} there. */
    public Color faint() {
        return of(Swatch.FAINT);
    }

    /** For lines and fills; for words on the ground use {@link #accentText()}. */
    public Color accent() {
        return of(Swatch.ACCENT);
    }

    public Color accentText() {
        return of(Swatch.ACCENT_TEXT);
    }

    public Color ok() {
        return of(Swatch.OK);
    }

    public Color warn() {
        return of(Swatch.WARN);
    }

    public Color error() {
        return of(Swatch.ERROR);
    }

    /** The fill of a service on the canvas. */
    public Color node() {
        return of(Swatch.NODE);
    }

    /** A link on the canvas. */
    public Color edge() {
        return of(Swatch.EDGE);
    }

    public Color grid() {
        return of(Swatch.GRID);
    }

    public Color selection() {
        return of(Swatch.SELECTION);
    }

    /** Collect, combine, cache, compress, send. */
    public List<Color> stages() {
        return List.of(
                of(Swatch.COLLECT),
                of(Swatch.COMBINE),
                of(Swatch.CACHE),
                of(Swatch.COMPRESS),
                of(Swatch.SEND));
    }
}
