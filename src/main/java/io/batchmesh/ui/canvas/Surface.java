package io.batchmesh.ui.canvas;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/**
 * A canvas as large as itself, painted when asked to and at most once in a pulse. It is unmanaged,
 * so that painting anew lays out nothing else.
 */
final class Surface extends Region {
    /** Paints everything anew. */
    @FunctionalInterface
    interface Painting {
        void paint(GraphicsContext graphics, double width, double height);
    }

    private final Canvas canvas = new Canvas();
    private final Painting painting;
    private boolean dirty = true;
    private long paintings;

    Surface(Painting painting) {
        this.painting = painting;
        setManaged(false);
        setMouseTransparent(true);
        getChildren().add(canvas);
    }

    void paintAnew() {
        dirty = true;
        setNeedsLayout(true);
        requestLayout();
    }

    /** How often it was painted. */
    long paintings() {
        return paintings;
    }

    @Override
    protected void layoutChildren() {
        var width = Math.ceil(getWidth());
        var height = Math.ceil(getHeight());
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            dirty = true;
        }
        if (!dirty || width <= 0 || height <= 0) {
            return;
        }
        dirty = false;
        paintings++;
        var graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, width, height);
        painting.paint(graphics, width, height);
    }
}
