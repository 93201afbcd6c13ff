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
    static final double GHOST_THICKNESS = 1;
    static final double GHOST_OPACITY = 0.6;

    private static final double THICKNESS = 1.7;

    /** One of them. */
    record Line(Trace trace, Scale scale, Swatch color, Curve.Stroke stroke) {}

    @Override
    public void paint(Raster raster, Palette palette, double pixel) {
        new Pen(raster, pixel, grid.top()).grid(grid, Argb.of(palette.grid(), 1));
        for (Line line : lines) {
            Pen pen = new Pen(raster, pixel, line.scale().top());
            int color = Argb.of(palette.of(line.color()), 1);
            switch (line.stroke()) {
                case SOLID -> pen.stroke(line.trace(), THICKNESS, color);
                case DOTTED -> pen.dots(line.trace(), THICKNESS, color);
                case GHOST ->
                        pen.stroke(
                                line.trace(),
                                GHOST_THICKNESS,
                                Argb.of(palette.of(line.color()), GHOST_OPACITY));
            }
        }
    }
}
