package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.Swatch;
import java.util.List;

/**
 * A bar for every stretch of time, cut into shares.
 *
 * @param shares by stretch, then by colour; an empty array where nothing is known
 */
record BarPicture(TimeBins bins, List<double[]> shares, List<Swatch> colors) implements Picture {
    private static final double GAP = 2;

    @Override
    public void paint(Raster raster, Palette palette, double pixel) {
        int gap = (int) Math.max(1, Math.round(GAP * pixel));
        int wide = (int) Math.max(1, Math.floor(bins.width() * raster.width()) - gap);
        for (int bin = 0; bin < shares.size(); bin++) {
            double[] parts = shares.get(bin);
            int left = (int) Math.round(bins.start(bin) * raster.width());
            double bottom = raster.height();
            for (int part = 0; part < parts.length; part++) {
                double height = parts[part] * raster.height();
                if (height > 0) {
                    int color = Argb.of(palette.of(colors.get(part)), 1);
                    raster.fillBar(left, wide, bottom - height, bottom, color);
                    bottom -= height;
                }
            }
        }
    }
}
