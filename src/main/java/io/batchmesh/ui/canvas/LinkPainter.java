package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;

/** Paints links. */
final class LinkPainter {
    private static final double GLOW = 8;

    private final Pen pen;
    private final Viewport view;
    private final Detail detail;
    private final Emphasis emphasis;

    LinkPainter(Pen pen, Viewport view, Detail detail, Emphasis emphasis) {
        this.pen = pen;
        this.view = view;
        this.detail = detail;
        this.emphasis = emphasis;
    }

    /** {@code cover} is how much it covers what is below it, 0 to 1. */
    void paint(LinkLine link, double cover) {
        pen.cover(cover);
        paint(link);
        pen.cover(1);
    }

    private void paint(LinkLine link) {
        var color = link.tone().line();
        var least = detail == Detail.BLOCKS ? 0.7 : 1.1;
        var width = Math.max(least, link.width() * Math.max(view.scale(), 0.35));
        if (detail == Detail.BLOCKS) {
            pen.polyline(ends(link.curve()), color, link.selected() ? 2 : width);
            return;
        }
        var curve = inPixels(link.curve());
        var thing = new Thing.OfLink(link.id());
        if (link.selected()) {
            pen.curve(curve, Swatch.SELECTION, width + GLOW * Math.min(1, view.scale() + 0.2));
        } else if (thing.equals(emphasis.hover()) || thing.equals(emphasis.focus())) {
            pen.curve(curve, Swatch.HOVER, width + GLOW * Math.min(1, view.scale() + 0.2));
        }
        pen.curve(curve, color, width);
        if (view.scale() >= 0.3) {
            arrow(curve[curve.length - 2], curve[curve.length - 1], width, color);
        }
    }

    /** Links always arrive from the left, level. */
    private void arrow(double x, double y, double width, Swatch color) {
        var size = (4 + 0.7 * width) * Math.clamp(view.scale() + 0.2, 0.6, 1.4);
        pen.polyline(
                new double[] {x - size * 1.5, y - size, x - 0.5, y, x - size * 1.5, y + size},
                color,
                Math.clamp(width * 0.7, 1.2, 2.4));
    }

    private double[] ends(Curve curve) {
        return new double[] {
            view.x(curve.startX()),
            view.y(curve.startY()),
            view.x(curve.endX()),
            view.y(curve.endY())
        };
    }

    private double[] inPixels(Curve curve) {
        var xy = curve.numbers();
        for (var i = 0; i < xy.length; i += 2) {
            xy[i] = view.x(xy[i]);
            xy[i + 1] = view.y(xy[i + 1]);
        }
        return xy;
    }
}
