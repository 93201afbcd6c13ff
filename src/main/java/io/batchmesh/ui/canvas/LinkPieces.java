package io.batchmesh.ui.canvas;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links cut into short pieces, so that the one near a place is found quickly. */
final class LinkPieces {
    private final SpatialGrid grid = new SpatialGrid();
    private final List<LinkLine> links;
    private final List<Polyline> lines = new ArrayList<>();

    LinkPieces(List<LinkLine> links) {
        this.links = links;
        for (var i = 0; i < links.size(); i++) {
            var line = Polyline.of(links.get(i).curve());
            lines.add(line);
            for (var p = 1; p < line.points(); p++) {
                grid.add(i, Box.between(line.x(p - 1), line.y(p - 1), line.x(p), line.y(p)));
            }
        }
    }

    /** The nearest link that is no further than so much, beside its own width, or null. */
    @Nullable LinkLine nearest(double x, double y, double reach) {
        var best = new int[] {-1};
        var least = new double[] {Double.MAX_VALUE};
        grid.any(
                Box.around(x, y, 2 * reach + 8, 2 * reach + 8),
                n -> {
                    var distance = lines.get(n).distance(x, y);
                    if (n != best[0]
                            && distance < least[0]
                            && distance <= reach + links.get(n).width() / 2) {
                        best[0] = n;
                        least[0] = distance;
                    }
                    return false;
                });
        return best[0] < 0 ? null : links.get(best[0]);
    }
}
