package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Palette;
import io.batchmesh.ui.theme.Swatch;
import java.util.Arrays;
import java.util.List;

/**
 * Layers one on the other.
 *
 * @param layers from the bottom up; each trace is the upper edge of its layer
 * @param wholes dotted lines over them
 * @param ghosts thin lines: the whole in another period
 */
record StackPicture(List<Layer> layers, List<Trace> wholes, List<Trace> ghosts, Scale scale)
        implements Picture {

    /** A layer and the sum of it and all below. */
    record Layer(Trace edge, Swatch color) {}

    @Override
    public void paint(Raster raster, Palette palette, double pixel) {
        Pen pen = new Pen(raster, pixel, scale.top());
        pen.grid(scale, Argb.of(palette.grid(), 1));
        float[] lower = null;
        for (Layer layer : layers) {
            float[] upper = edge(layer.edge(), pen, raster.width());
            float[] floor = lower == null ? floor(upper, raster.height()) : lower;
            raster.fillBetween(upper, floor, Argb.of(palette.of(layer.color()), 1));
            lower = upper;
        }
        int gap = Argb.of(palette.ground(), 0.85);
        for (Layer layer : layers) {
            pen.stroke(layer.edge(), 1, gap);
        }
        for (Trace ghost : ghosts) {
            pen.stroke(ghost, LinePicture.GHOST_THICKNESS + 1.6, Argb.of(palette.ground(), 0.8));
            pen.stroke(ghost, LinePicture.GHOST_THICKNESS, Argb.of(palette.text(), 1));
        }
        for (Trace whole : wholes) {
            pen.dots(whole, 1.5, Argb.of(palette.text(), 1));
        }
    }

    private static float[] floor(float[] upper, int height) {
        float[] floor = new float[upper.length];
        Arrays.fill(floor, height);
        return floor;
    }

    /** Heights of the edge at every sub-column, {@code NaN} in gaps. */
    private static float[] edge(Trace trace, Pen pen, int width) {
        float[] heights = new float[width * Raster.SUBS];
        Arrays.fill(heights, Float.NaN);
        for (int i = 1; i < trace.size(); i++) {
            if (!trace.joined(i)) {
                continue;
            }
            double from = pen.x(trace.x(i - 1)) * Raster.SUBS;
            double to = pen.x(trace.x(i)) * Raster.SUBS;
            double start = pen.y(trace.value(i - 1));
            double rise = (pen.y(trace.value(i)) - start) / (to - from);
            int first = (int) Math.max(0, Math.ceil(from - 0.5));
            int last = (int) Math.min(heights.length - 1.0, Math.floor(to - 0.5));
            for (int sub = first; sub <= last; sub++) {
                heights[sub] = (float) (start + rise * (sub + 0.5 - from));
            }
        }
        return heights;
    }
}
