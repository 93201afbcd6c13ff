package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Draws as SVG 1.1 elements. Needs no toolkit. */
final class SvgPen implements Pen {
    private final StringBuilder out;
    private final Map<Swatch, String> colors;
    private double cover = 1;

    /**
     * @param colors a CSS colour for every swatch
     */
    SvgPen(StringBuilder out, Map<Swatch, String> colors) {
        this.out = out;
        this.colors = colors;
    }

    @Override
    public void box(Box box, double radius, Ink ink) {
        out.append("<rect x=\"").append(number(box.x()));
        out.append("\" y=\"").append(number(box.y()));
        out.append("\" width=\"").append(number(box.width()));
        out.append("\" height=\"").append(number(box.height()));
        if (radius > 0) {
            out.append("\" rx=\"").append(number(radius));
        }
        ink(ink);
    }

    @Override
    public void circle(double x, double y, double radius, Ink ink) {
        out.append("<circle cx=\"").append(number(x));
        out.append("\" cy=\"").append(number(y));
        out.append("\" r=\"").append(number(radius));
        ink(ink);
    }

    @Override
    public void curves(List<double[]> chains, Swatch color, double width) {
        for (var xy : chains) {
            out.append("<path d=\"M").append(number(xy[0])).append(' ').append(number(xy[1]));
            for (var i = 2; i < xy.length; i += 2) {
                out.append((i - 2) % 6 == 0 ? " C" : " ");
                out.append(number(xy[i])).append(' ').append(number(xy[i + 1]));
            }
            ink(Ink.stroke(color, width));
        }
    }

    @Override
    public void polylines(List<double[]> lines, Swatch color, double width) {
        for (var xy : lines) {
            out.append("<polyline points=\"");
            points(xy);
            out.append("\" stroke-linecap=\"round\" stroke-linejoin=\"round");
            ink(Ink.stroke(color, width));
        }
    }

    @Override
    public void polygon(double[] xy, Swatch fill) {
        out.append("<polygon points=\"");
        points(xy);
        ink(Ink.fill(fill));
    }

    @Override
    public void text(String words, double x, double y, TextStyle style, Swatch color) {
        out.append("<text x=\"").append(number(x));
        out.append("\" y=\"").append(number(y));
        out.append("\" class=\"").append(style.mono() ? "m" : "s");
        out.append("\" font-size=\"").append(number(style.size()));
        if (style.bold()) {
            out.append("\" font-weight=\"bold");
        }
        switch (style.align()) {
            case LEFT -> {}
            case CENTER -> out.append("\" text-anchor=\"middle");
            case RIGHT -> out.append("\" text-anchor=\"end");
        }
        out.append("\" fill=\"").append(color(color)).append("\">");
        escape(words, out);
        out.append("</text>\n");
    }

    @Override
    public void cover(double alpha) {
        cover = alpha;
    }

    /**
     * Appends text as XML character data. What XML 1.0, section 2.2 has no character for becomes
     * the replacement character.
     */
    static void escape(String text, StringBuilder out) {
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case '&' -> out.append("&amp;");
                        case '"' -> out.append("&quot;");
                        case '\'' -> out.append("&#39;");
                        default -> out.appendCodePoint(isXml(c) ? c : 0xfffd);
                    }
                });
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }

    private void points(double[] xy) {
        for (var i = 0; i < xy.length; i += 2) {
            out.append(i == 0 ? "" : " ")
                    .append(number(xy[i]))
                    .append(',')
                    .append(number(xy[i + 1]));
        }
    }

    private void ink(Ink ink) {
        out.append("\" fill=\"").append(ink.fill() == null ? "none" : color(ink.fill()));
        var stroke = ink.stroke();
        if (stroke != null) {
            out.append("\" stroke=\"").append(color(stroke));
            out.append("\" stroke-width=\"").append(number(ink.width()));
        }
        if (cover < 1) {
            out.append("\" opacity=\"").append(number(cover));
        }
        out.append("\"/>\n");
    }

    private String color(@Nullable Swatch swatch) {
        return Objects.requireNonNull(colors.get(swatch));
    }

    /** With at most two decimals and no exponent. */
    static String number(double value) {
        var rounded = Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%.2f", rounded);
    }
}
