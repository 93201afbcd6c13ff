package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.Map;

/**
 * Writes a picture as SVG 1.1: everything in view, every word, at any size. Needs no toolkit; any
 * thread.
 */
public final class SvgWriter {
    private static final double MARGIN = 32;
    private static final double EMPTY_WIDTH = 640;
    private static final double EMPTY_HEIGHT = 360;

    private SvgWriter() {}

    /**
     * The document.
     *
     * @param title what a screen reader says first
     * @param colors a CSS colour for every swatch
     */
    public static String write(String title, Picture picture, Map<Swatch, String> colors) {
        var bounds = picture.bounds();
        var width = bounds == null ? EMPTY_WIDTH : Math.ceil(bounds.width()) + 2 * MARGIN;
        var height = bounds == null ? EMPTY_HEIGHT : Math.ceil(bounds.height()) + 2 * MARGIN;
        var view =
                bounds == null
                        ? Viewport.PLAIN
                        : new Viewport(1, MARGIN - bounds.x(), MARGIN - bounds.y());
        var out = new StringBuilder(4096);
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"");
        out.append(SvgPen.number(width)).append("\" height=\"").append(SvgPen.number(height));
        out.append("\" viewBox=\"0 0 ").append(SvgPen.number(width)).append(' ');
        out.append(SvgPen.number(height)).append("\">\n<title>");
        SvgPen.escape(title, out);
        out.append("</title>\n<desc>");
        SvgPen.escape(Sentences.summary(picture), out);
        out.append("</desc>\n");
        out.append("<style>.s{font-family:'DejaVu Sans',Verdana,sans-serif}");
        out.append(".m{font-family:'DejaVu Sans Mono',Menlo,Consolas,monospace}</style>\n");
        new ScenePainter(picture, view, width, height, Emphasis.NONE)
                .withoutGrid()
                .paint(new SvgPen(out, colors));
        return out.append("</svg>\n").toString();
    }
}
