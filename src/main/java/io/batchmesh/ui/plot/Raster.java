package io.batchmesh.ui.plot;

import java.util.Arrays;

/**
 * A picture of premultiplied pixels with just what plots need: rectangles, areas between two
 * boundaries and strokes, anti-aliased. All measures are pixels, y grows downwards. Not safe for
 * several threads at once.
 */
final class Raster {
    /** Columns into which every pixel is split where areas have sloping edges. */
    static final int SUBS = 4;

    private final int width;
    private final int height;
    private final int[] pixels;
    private final Coverage mask;
    private final int[] column;

    Raster(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
        this.mask = new Coverage(width, height);
        this.column = new int[height + 1];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] pixels() {
        return pixels;
    }

    int pixel(int x, int y) {
        return pixels[y * width + x];
    }

    void clear() {
        Arrays.fill(pixels, 0);
    }

    /** Fills whole pixels; what lies outside is left out. */
    void fill(int x, int y, int w, int h, int color) {
        int right = Math.min(width, x + w);
        for (int row = Math.max(0, y); row < Math.min(height, y + h); row++) {
            for (int col = Math.max(0, x); col < right; col++) {
                blend(row * width + col, color, 256);
            }
        }
    }

    /** Fills a rectangle whose upper and lower edges may lie between pixels. */
    void fillBar(int x, int w, double top, double bottom, int color) {
        double upper = Math.max(0, top);
        double lower = Math.min(height, bottom);
        for (int row = (int) upper; row < lower; row++) {
            double covered = Math.min(lower, row + 1.0) - Math.max(upper, row);
            int coverage = (int) Math.round(covered * 256);
            for (int col = Math.max(0, x); col < Math.min(width, x + w); col++) {
                blend(row * width + col, color, coverage);
            }
        }
    }

    /**
     * Fills between two boundaries that have {@link #SUBS} heights per pixel; {@code NaN} in either
     * leaves a gap.
     */
    void fillBetween(float[] upper, float[] lower, int color) {
        for (int x = 0; x < width; x++) {
            Arrays.fill(column, 0);
            int first = height;
            int last = -1;
            for (int sub = x * SUBS; sub < (x + 1) * SUBS; sub++) {
                float top = Math.max(0, upper[sub]);
                float bottom = Math.min(height, lower[sub]);
                if (bottom > top) {
                    cover(top, bottom);
                    first = Math.min(first, (int) top);
                    last = Math.max(last, (int) Math.ceil(bottom) - 1);
                }
            }
            for (int y = first; y <= last; y++) {
                blend(y * width + x, color, Math.min(256, column[y]));
            }
        }
    }

    private void cover(float top, float bottom) {
        int share = 256 / SUBS;
        int y = (int) top;
        int end = (int) bottom;
        if (y == end) {
            column[y] += Math.round((bottom - top) * share);
            return;
        }
        column[y] += Math.round((y + 1 - top) * share);
        for (y++; y < end; y++) {
            column[y] += share;
        }
        column[end] += Math.round((bottom - end) * share);
    }

    /** Where to collect the segments of a stroke before {@link #paint} gives it a colour. */
    Coverage mask() {
        return mask;
    }

    /** Paints what the mask covers and empties it. */
    void paint(int color) {
        for (int y = mask.firstRow(); y <= mask.lastRow(); y++) {
            for (int i = y * width; i < (y + 1) * width; i++) {
                int coverage = mask.take(i);
                if (coverage != 0) {
                    blend(i, color, coverage);
                }
            }
        }
        mask.emptied();
    }

    /**
     * Makes the corners round, and draws there the bend of the edge that is around the picture.
     *
     * @param wide how wide the edge is
     */
    void round(int radius, double wide, int edge) {
        for (int y = 0; y < Math.min(radius, height); y++) {
            for (int x = 0; x < Math.min(radius, width); x++) {
                double distance = Math.hypot(radius - x - 0.5, radius - y - 0.5);
                int keep = (int) (256 * Math.clamp(radius - distance + 0.5, 0, 1));
                int within = (int) (256 * Math.clamp(radius + wide - distance + 0.5, 0, 1));
                int bend = Argb.over(0, edge, within - keep);
                keep(x, y, keep, bend);
                keep(width - 1 - x, y, keep, bend);
                keep(x, height - 1 - y, keep, bend);
                keep(width - 1 - x, height - 1 - y, keep, bend);
            }
        }
    }

    private void keep(int x, int y, int coverage, int bend) {
        int i = y * width + x;
        pixels[i] = Argb.over(0, pixels[i], coverage) + bend;
    }

    private void blend(int i, int color, int coverage) {
        if (coverage == 256 && color >>> 24 == 255) {
            pixels[i] = color;
        } else {
            pixels[i] = Argb.over(pixels[i], color, coverage);
        }
    }
}
