package io.batchmesh.ui.plot;

import io.batchmesh.metrics.TraceSample;
import io.batchmesh.ui.theme.Palette;
import java.util.List;

/** A heat map: the larger a cell's share of its column, the stronger the accent. */
record HeatPicture(HeatGrid grid, int rows, List<Dot> dots) implements Picture {
    private static final double FAINTEST = 0.10;
    private static final double DOT = 2.5;

    /**
     * A request whose trace is known.
     *
     * @param x from 0 to 1, left to right
     * @param y from 0 to 1, bottom to top
     */
    record Dot(double x, double y, TraceSample trace) {}

    @Override
    public void paint(Raster raster, Palette palette, double pixel) {
        double greatest = grid.greatestShare();
        int gap = (int) Math.max(1, Math.round(pixel));
        TimeBins bins = grid.bins();
        int wide = (int) Math.max(1, Math.floor(bins.width() * raster.width()) - gap);
        for (int bin = 0; bin < grid.cells().size(); bin++) {
            double[] column = grid.cells().get(bin);
            double total = HeatGrid.total(column);
            int left = (int) Math.round(bins.start(bin) * raster.width());
            for (int row = 0; row < column.length; row++) {
                double share = column[row] / total;
                if (share > 0.0005) {
                    double strength = Math.sqrt(share / greatest);
                    double opacity = FAINTEST + (1 - FAINTEST) * strength;
                    int top = edge(raster, row + 1);
                    int tall = edge(raster, row) - top - gap;
                    raster.fill(left, top, wide, tall, Argb.of(palette.accent(), opacity));
                }
            }
        }
        paintDots(raster, palette, pixel);
    }

    /** Diamonds with a rim, so that they are seen on any cell. */
    private void paintDots(Raster raster, Palette palette, double pixel) {
        int radius = (int) Math.max(2, Math.round(DOT * pixel));
        for (var dot : dots) {
            int x = (int) Math.round(dot.x() * raster.width());
            int y = raster.height() - (int) Math.round(dot.y() * raster.height());
            diamond(raster, x, y, radius + 1, Argb.of(palette.panel(), 1));
            diamond(raster, x, y, radius, Argb.of(palette.text(), 1));
        }
    }

    private static void diamond(Raster raster, int x, int y, int radius, int color) {
        for (int row = -radius; row <= radius; row++) {
            int half = radius - Math.abs(row);
            raster.fill(x - half, y + row, 2 * half + 1, 1, color);
        }
    }

    private int edge(Raster raster, int row) {
        return raster.height() - (int) Math.round(row * (double) raster.height() / rows);
    }
}
