package io.batchmesh.ui.shell;

import javafx.geometry.Orientation;
import javafx.scene.layout.Pane;

/**
 * Tiles of equal width in as many columns as there is room for, in rows that share the height. The
 * small ones are low.
 */
final class PlotGrid extends Pane {
    private static final double LEAST_WIDTH = 190;
    private static final double LEAST_SMALL = 120;
    private static final double GAP = 16;
    private static final double ROW = 150;
    private static final double SMALL_ROW = 98;

    private final int small;

    /**
     * @param small how many of the last tiles are small
     */
    PlotGrid(int small) {
        this.small = small;
        getStyleClass().add("bm-plot-grid");
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    /** The width that is left beside a bar for scrolling. */
    private double room(double width) {
        return width - getInsets().getRight();
    }

    private int large() {
        return getChildren().size() - small;
    }

    private static int columns(int tiles, double width, double least) {
        if (tiles == 0) {
            return 1;
        }
        int most = Math.max(1, Math.min(tiles, (int) ((width + GAP) / (least + GAP))));
        // Rows that are as full as one another.
        int rows = (tiles + most - 1) / most;
        return (tiles + rows - 1) / rows;
    }

    private int rows(int tiles, double width, double least) {
        int columns = columns(tiles, width, least);
        return tiles == 0 ? 0 : (tiles + columns - 1) / columns;
    }

    @Override
    protected double computePrefHeight(double width) {
        return computeMinHeight(width);
    }

    @Override
    protected double computeMinHeight(double width) {
        int tall = rows(large(), room(width), LEAST_WIDTH);
        int low = rows(small, room(width), LEAST_SMALL);
        return tall * ROW + low * SMALL_ROW + (tall + low - 1) * 6;
    }

    @Override
    protected void layoutChildren() {
        double width = room(getWidth());
        int tall = rows(large(), width, LEAST_WIDTH);
        int low = rows(small, width, LEAST_SMALL);
        double left = getHeight() - low * (SMALL_ROW + 6);
        double height = tall == 0 ? 0 : Math.floor((left - (tall - 1) * 6) / tall);
        double y = place(0, large(), 0, height, LEAST_WIDTH);
        place(large(), getChildren().size(), y, SMALL_ROW, LEAST_SMALL);
    }

    private double place(int from, int to, double top, double height, double least) {
        if (to == from) {
            return top;
        }
        int columns = columns(to - from, room(getWidth()), least);
        double width = Math.floor((room(getWidth()) - (columns - 1) * GAP) / columns);
        for (int i = from; i < to; i++) {
            int row = (i - from) / columns;
            double x = (i - from) % columns * (width + GAP);
            double y = top + row * (height + 6);
            getChildren().get(i).resizeRelocate(x, y, width, height);
        }
        int rows = (to - from + columns - 1) / columns;
        return top + rows * (height + 6);
    }
}
