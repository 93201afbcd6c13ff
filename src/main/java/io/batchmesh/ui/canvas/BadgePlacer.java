package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds a place for each badge on its link, off the cards, the other badges and, where it can be,
 * the other links. Deterministic.
 */
final class BadgePlacer {
    /** Parts of the way along the link, the nicest first. */
    private static final double[] ALONG = {
        0.5, 0.44, 0.56, 0.38, 0.62, 0.31, 0.69, 0.24, 0.76, 0.17, 0.83
    };

    private static final double MARGIN = 6;
    private static final double BESIDE_COST = 900;
    private static final double LINE_COST = 220;
    private static final double BOX_COST = 12;
    private static final double PIECE = 48;

    /** Among more links than this nobody can tell, and it takes too long. */
    private static final int MANY = 2000;

    private final List<Box> boxes = new ArrayList<>();
    private final SpatialGrid grid = new SpatialGrid();
    private final List<Box> pieces = new ArrayList<>();
    private final List<LinkId> owners = new ArrayList<>();
    private final SpatialGrid pieceGrid = new SpatialGrid();
    private final Map<LinkId, Polyline> lines = new LinkedHashMap<>();

    BadgePlacer(Collection<Box> cards, Map<LinkId, Curve> curves) {
        cards.forEach(this::occupy);
        curves.forEach((id, curve) -> {
            var line = Polyline.of(curve);
            lines.put(id, line);
            if (curves.size() <= MANY) {
                addPieces(id, line);
            }
        });
    }

    /** The places, in the order of the links. */
    Map<LinkId, Box> place(Map<LinkId, CardSizes.Size> sizes) {
        var places = new LinkedHashMap<LinkId, Box>();
        lines.forEach((id, line) -> {
            var size = sizes.get(id);
            if (size != null) {
                var box = best(id, line, size);
                occupy(box.grown(MARGIN / 2));
                places.put(id, box);
            }
        });
        return places;
    }

    private Box best(LinkId id, Polyline line, CardSizes.Size size) {
        var best = on(line, 0.5, size, 0);
        var least = Double.MAX_VALUE;
        for (var side = 0; side < 3; side++) {
            var beside = side == 0 ? 0 : (size.height() / 2 + 10) * (side == 1 ? 1 : -1);
            for (var i = 0; i < ALONG.length; i++) {
                var box = on(line, ALONG[i], size, beside);
                var cost = cost(id, box) + i * 4 + (side == 0 ? 0 : BESIDE_COST + side);
                if (cost < least) {
                    least = cost;
                    best = box;
                }
            }
            if (least < BESIDE_COST) {
                break;
            }
        }
        return best;
    }

    private static Box on(Polyline line, double along, CardSizes.Size size, double beside) {
        var at = line.at(along * line.length());
        var box = Box.around(at[0], at[1] + beside, size.width(), size.height());
        return new Box(Math.round(box.x()), Math.round(box.y()), box.width(), box.height());
    }

    private double cost(LinkId id, Box box) {
        var cost = new double[1];
        var room = box.grown(MARGIN);
        var seen = new ArrayList<Box>();
        grid.any(
                room,
                n -> {
                    var other = boxes.get(n);
                    if (other.intersects(room) && seen.stream().noneMatch(b -> b == other)) {
                        seen.add(other);
                        cost[0] += BESIDE_COST + BOX_COST * other.overlap(room);
                    }
                    return false;
                });
        var crossed = new ArrayList<LinkId>();
        pieceGrid.any(
                box,
                n -> {
                    var owner = owners.get(n);
                    if (!owner.equals(id)
                            && pieces.get(n).intersects(box)
                            && !crossed.contains(owner)) {
                        crossed.add(owner);
                    }
                    return false;
                });
        return cost[0] + LINE_COST * Math.min(3, crossed.size());
    }

    private void occupy(Box box) {
        grid.add(boxes.size(), box);
        boxes.add(box);
    }

    private void addPieces(LinkId id, Polyline line) {
        var steps = (int) Math.clamp(line.length() / PIECE, 1, 200);
        var before = line.at(0);
        for (var i = 1; i <= steps; i++) {
            var at = line.at(line.length() * i / steps);
            var piece = Box.between(before[0], before[1], at[0], at[1]).grown(2);
            pieceGrid.add(pieces.size(), piece);
            pieces.add(piece);
            owners.add(id);
            before = at;
        }
    }
}
