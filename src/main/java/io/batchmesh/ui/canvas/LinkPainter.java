package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Paints links. */
final class LinkPainter {
    private static final double GLOW = 8;
    private static final double LINE = 0.8;
    private static final double ARROWS_FROM = 0.3;

    /** So many links are drawn by a quicker way. */
    private static final int MASS = 150;

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

    /** What is drawn in one stroke. */
    private record Stroke(Swatch color, double width) {}

    /** Links that are as good as another; {@code cover} is how much they cover what is below. */
    void paint(List<LinkLine> links, double cover) {
        if (links.size() > MASS) {
            paintMass(links, cover);
            return;
        }
        var strokes = new LinkedHashMap<Stroke, List<double[]>>();
        var arrows = new LinkedHashMap<Stroke, List<double[]>>();
        var lines = detail == Detail.BLOCKS;
        for (var link : links) {
            var width = lines ? LINE : width(link);
            var stroke = new Stroke(link.tone().line(), width);
            var way = lines ? ends(link.curve()) : inPixels(link.curve());
            strokes.computeIfAbsent(stroke, k -> new ArrayList<>()).add(way);
            if (view.scale() >= ARROWS_FROM) {
                var arrow = new Stroke(stroke.color, arrowWidth(width));
                arrows.computeIfAbsent(arrow, k -> new ArrayList<>()).add(arrow(way, width));
            }
        }
        pen.cover(cover);
        if (lines) {
            strokes.forEach((stroke, ways) -> pen.polylines(ways, stroke.color, stroke.width));
        } else {
            strokes.forEach((stroke, ways) -> pen.curves(ways, stroke.color, stroke.width));
        }
        arrows.forEach((stroke, ways) -> pen.polylines(ways, stroke.color, stroke.width));
        pen.cover(1);
    }

    private void paintMass(List<LinkLine> links, double cover) {
        var lines = detail == Detail.BLOCKS;
        var strands = new ArrayList<Pen.Strand>(links.size());
        for (var link : links) {
            var way = lines ? ends(link.curve()) : inPixels(link.curve());
            var color = link.tone().line();
            strands.add(new Pen.Strand(way, !lines, color, lines ? LINE : width(link)));
            if (view.scale() >= ARROWS_FROM) {
                strands.add(new Pen.Strand(arrow(way, 1), false, color, 1.2));
            }
        }
        pen.strands(strands, cover);
    }

    /** A link that is selected, pointed at, or has the keyboard. */
    void paintMarked(LinkLine link) {
        var color = link.tone().line();
        if (detail == Detail.BLOCKS) {
            pen.polyline(ends(link.curve()), color, 2);
            return;
        }
        var width = width(link);
        var curve = inPixels(link.curve());
        var thing = new Thing.OfLink(link.id());
        if (link.selected()) {
            pen.curve(curve, Swatch.SELECTION, width + GLOW * Math.min(1, view.scale() + 0.2));
        } else if (thing.equals(emphasis.hover()) || thing.equals(emphasis.focus())) {
            pen.curve(curve, Swatch.HOVER, width + GLOW * Math.min(1, view.scale() + 0.2));
        }
        pen.curve(curve, color, width);
        if (view.scale() >= ARROWS_FROM) {
            pen.polyline(arrow(curve, width), color, arrowWidth(width));
        }
    }

    /** In half pixels, so that many links share a stroke. */
    private double width(LinkLine link) {
        var width = link.width() * Math.max(view.scale(), 0.35);
        return Math.max(1.2, Math.round(width * 2) / 2.0);
    }

    private static double arrowWidth(double width) {
        return Math.clamp(width * 0.7, 1.2, 2.4);
    }

    /** Links always arrive from the left, level. */
    private double[] arrow(double[] way, double width) {
        var x = way[way.length - 2];
        var y = way[way.length - 1];
        var size = (4 + 0.7 * width) * Math.clamp(view.scale() + 0.2, 0.6, 1.4);
        return new double[] {x - size * 1.5, y - size, x - 0.5, y, x - size * 1.5, y + size};
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
