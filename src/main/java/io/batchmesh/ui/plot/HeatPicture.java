package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Palette;

/** A heat map: the larger a cell's share of its column, the stronger the accent. */
record HeatPicture(HeatGrid grid, int rows) implements Picture {
    private static final double FAINTEST = 0.10;

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
    }

    private int edge(Raster raster, int row) {
        return raster.height() - (int) Math.round(row * (double) raster.height() / rows);
    }
}
