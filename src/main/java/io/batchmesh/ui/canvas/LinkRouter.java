package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Draws each link from the right edge of the caller to the left edge of the called, around the
 * cards that stand between them. Deterministic.
 */
final class LinkRouter {
    private static final double NEAR = 24;
    private static final double AROUND = 36;
    private static final double REACH = 150;
    private static final double CLEAR = 10;
    private static final double LANE = 7;

    /** Among more services than this the links run behind them: nobody can follow a detour. */
    private static final int MANY = 400;

    private final Map<ServiceId, Box> cards;
    private final List<Box> boxes;
    private final SpatialGrid grid = new SpatialGrid();
    private final Map<Long, Integer> lanes = new HashMap<>();

    LinkRouter(Map<ServiceId, Box> cards) {
        this.cards = cards;
        this.boxes = List.copyOf(cards.values());
        for (var i = 0; i < boxes.size(); i++) {
            grid.add(i, boxes.get(i));
        }
    }

    /** The curves of the links whose both ends are drawn. */
    Map<LinkId, Curve> routes(Collection<LinkId> links) {
        var drawn =
                links.stream()
                        .filter(id -> cards.containsKey(id.from()) && cards.containsKey(id.to()))
                        .toList();
        var ports = new Ports(cards, drawn);
        var curves = new LinkedHashMap<LinkId, Curve>();
        for (var link : drawn) {
            curves.put(link, route(link, ports.start(link), ports.end(link)));
        }
        return curves;
    }

    private Curve route(LinkId link, double startY, double endY) {
        var from = box(link.from());
        var to = box(link.to());
        if (from.equals(to)) {
            return loop(from);
        }
        if (to.x() - from.right() < NEAR) {
            return backward(from, to, startY, endY);
        }
        var direct = chain(from.right(), startY, to.x(), endY);
        if (boxes.size() > MANY) {
            return direct;
        }
        var blockers = blockers(direct, from, to);
        return blockers.isEmpty() ? direct : around(direct, blockers);
    }

    /** A service that calls itself: out on the right, over the card, in on the left. */
    private static Curve loop(Box box) {
        var top = box.y() - AROUND;
        var y = box.y() + CardSizes.HEAD / 2;
        var r = box.right();
        var l = box.x();
        return new Curve(
                r,
                y,
                r + AROUND,
                y,
                r + AROUND,
                top,
                r - 8,
                top,
                r - 40,
                top,
                l + 40,
                top,
                l + 8,
                top,
                l - AROUND,
                top,
                l - AROUND,
                y,
                l,
                y);
    }

    /** Against the usual direction: through the gap between the cards, else below both. */
    private static Curve backward(Box from, Box to, double startY, double endY) {
        double lane;
        if (to.y() > from.bottom() + 2 * CLEAR) {
            lane = (from.bottom() + to.y()) / 2;
        } else if (from.y() > to.bottom() + 2 * CLEAR) {
            lane = (to.bottom() + from.y()) / 2;
        } else {
            lane = Math.max(from.bottom(), to.bottom()) + AROUND;
        }
        var out = from.right();
        var in = to.x();
        var right = out + AROUND + 20;
        var left = in - AROUND - 20;
        return new Curve(
                out, startY, right, startY, right, lane, out - 10, lane, out - 30, lane, in + 30,
                lane, in + 10, lane, left, lane, left, endY, in, endY);
    }

    /** Cubics through points, each joined to the next with level ends. */
    private static Curve chain(double... points) {
        var xy = new double[2 + 6 * (points.length / 2 - 1)];
        xy[0] = points[0];
        xy[1] = points[1];
        for (var i = 1; i < points.length / 2; i++) {
            var x1 = points[2 * i - 2];
            var y1 = points[2 * i - 1];
            var x2 = points[2 * i];
            var y2 = points[2 * i + 1];
            var reach = Math.min((x2 - x1) / 2, REACH);
            var at = 6 * i - 4;
            xy[at] = x1 + reach;
            xy[at + 1] = y1;
            xy[at + 2] = x2 - reach;
            xy[at + 3] = y2;
            xy[at + 4] = x2;
            xy[at + 5] = y2;
        }
        return new Curve(xy);
    }

    private List<Box> blockers(Curve curve, Box from, Box to) {
        var line = Polyline.of(curve);
        Set<Box> found = new LinkedHashSet<>();
        for (var i = 1; i < line.points(); i++) {
            var piece = Box.between(line.x(i - 1), line.y(i - 1), line.x(i), line.y(i));
            grid.any(
                    piece.grown(CLEAR),
                    n -> {
                        var box = boxes.get(n);
                        if (box != from && box != to && line.touches(box.grown(CLEAR / 2))) {
                            found.add(box);
                        }
                        return false;
                    });
        }
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingDouble(Box::x).thenComparingDouble(Box::y));
        return sorted;
    }

    private Curve around(Curve direct, List<Box> blockers) {
        var line = Polyline.of(direct);
        var points = new ArrayList<Double>();
        points.add(direct.startX());
        points.add(direct.startY());
        for (var i = 0; i < blockers.size(); ) {
            var column = blockers.get(i);
            i++;
            while (i < blockers.size() && blockers.get(i).x() < column.right() + 2 * NEAR) {
                column = column.union(blockers.get(i));
                i++;
            }
            pass(column, line, points);
        }
        var last = points.get(points.size() - 2);
        if (last > direct.endX() - CLEAR) {
            return direct;
        }
        points.add(direct.endX());
        points.add(direct.endY());
        return chain(points.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Adds the two ends of a level way past a column of cards. */
    private void pass(Box column, Polyline line, List<Double> points) {
        var before = points.get(points.size() - 2);
        var left = Math.max(column.x() - CLEAR, before + CLEAR);
        var right = Math.max(column.right() + CLEAR, left + CLEAR);
        var y = lane(left, right, heightAt(line, column.centerX()));
        points.addAll(List.of(left, y, right, y));
    }

    /** The free height nearest to the wanted one. */
    private double lane(double left, double right, double wanted) {
        Set<Double> heights = new LinkedHashSet<>();
        var column = new Box(left, wanted - 3000, right - left, 6000);
        grid.any(
                column,
                n -> {
                    var box = boxes.get(n);
                    if (box.intersects(column)) {
                        heights.add(box.y() - 2 * CLEAR);
                        heights.add(box.bottom() + 2 * CLEAR);
                    }
                    return false;
                });
        var best =
                heights.stream()
                        .filter(y -> free(new Box(left, y - CLEAR, right - left, 2 * CLEAR)))
                        .min(
                                Comparator.<Double>comparingDouble(y -> Math.abs(y - wanted))
                                        .thenComparingDouble(y -> y))
                        .orElse(wanted);
        return apart(left, best, wanted);
    }

    /** Links that share a way run side by side. */
    private double apart(double left, double y, double wanted) {
        var key = Math.round(left / 64) << 32 ^ (Math.round(y) & 0xffff_ffffL);
        var earlier = lanes.merge(key, 1, Integer::sum) - 1;
        return y + Math.min(earlier, 4) * LANE * (y < wanted ? -1 : 1);
    }

    private boolean free(Box way) {
        return !grid.any(way, n -> boxes.get(n).intersects(way));
    }

    private static double heightAt(Polyline line, double x) {
        for (var i = 1; i < line.points(); i++) {
            if (line.x(i) >= x) {
                return (line.y(i) + line.y(i - 1)) / 2;
            }
        }
        return line.y(line.points() - 1);
    }

    private Box box(ServiceId service) {
        return Objects.requireNonNull(cards.get(service));
    }
}
