package io.batchmesh.ui.plot;

import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * The edges around the picture of a plot. Ground and corners are in the picture itself: a region
 * with a rounded background costs more to draw, at every repaint and without a graphics card, than
 * all the curves on it.
 */
final class PlotArea extends Region {
    /** Where an edge begins to bend. */
    private static final double BEND = 4;

    private final List<Rectangle> edges =
            List.of(new Rectangle(), new Rectangle(), new Rectangle(), new Rectangle());

    PlotArea() {
        getStyleClass().add("bm-plot-area");
        for (var edge : edges) {
            edge.getStyleClass().add("bm-plot-edge");
            edge.setManaged(false);
        }
        getChildren().addAll(edges);
    }

    /** Puts it where the picture is, with an edge of one around it. */
    void place(Rectangle2D bounds) {
        double width = bounds.getWidth();
        double height = bounds.getHeight();
        resizeRelocate(bounds.getMinX(), bounds.getMinY(), width, height);
        place(edges.get(0), new Rectangle2D(BEND, 0, width - 2 * BEND, 1));
        place(edges.get(1), new Rectangle2D(BEND, height - 1, width - 2 * BEND, 1));
        place(edges.get(2), new Rectangle2D(0, BEND, 1, height - 2 * BEND));
        place(edges.get(3), new Rectangle2D(width - 1, BEND, 1, height - 2 * BEND));
    }

    private static void place(Rectangle edge, Rectangle2D bounds) {
        edge.setX(bounds.getMinX());
        edge.setY(bounds.getMinY());
        edge.setWidth(bounds.getWidth());
        edge.setHeight(bounds.getHeight());
    }
}
