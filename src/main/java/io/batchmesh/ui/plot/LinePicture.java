package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.Swatch;
import java.util.List;

/**
 * Lines, each on its own scale.
 *
 * @param lines from the back to the front
 * @param grid the scale that has grid lines
 */
record LinePicture(List<Line> lines, Scale grid) implements Picture {
    private static final double THICKNESS = 1.7;

    /** One of them. */
    record Line(Trace trace, Scale scale, Swatch color, Curve.Stroke stroke) {}

    @Override
    public void paint(Raster raster, Palette palette, double pixel) {
        new Pen(raster, pixel, grid.top()).grid(grid, Argb.of(palette.grid(), 1));
        for (Line line : lines) {
            Pen pen = new Pen(raster, pixel, line.scale().top());
            int color = Argb.of(palette.of(line.color()), 1);
            if (line.stroke() == Curve.Stroke.DOTTED) {
                pen.dots(line.trace(), THICKNESS, color);
            } else {
                pen.stroke(line.trace(), THICKNESS, color);
            }
        }
    }
}
