package io.batchmesh.ui.canvas;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/**
 * Draws very many thin smooth lines into a picture of its own. A canvas strokes each path through
 * its general rasteriser, which takes a hundred milliseconds for the links of a large mesh; this
 * takes a few. Each pixel is covered in proportion to the part of it that the line takes along its
 * steep or its flat axis. FX thread.
 */
final class LineRaster {
    private static final int CURVE_STEPS = 14;

    /** A picture and its pixels. */
    private static final class Sheet {
        private final int[] pixels;
        private final int width;
        private final PixelBuffer<IntBuffer> buffer;
        private final Image image;

        Sheet(int width, int height) {
            this.pixels = new int[width * height];
            this.width = width;
            this.buffer =
                    new PixelBuffer<>(
                            width,
                            height,
                            IntBuffer.wrap(pixels),
                            PixelFormat.getIntArgbPreInstance());
            this.image = new WritableImage(buffer);
        }
    }

    /** Two by turns, since one may still be on its way to the screen. */
    private Sheet now = new Sheet(1, 1);

    private Sheet before = new Sheet(1, 1);
    private int width;
    private int height;
    private int color;

    /** Starts an empty picture of this size. */
    void begin(int wide, int high) {
        width = wide;
        height = high;
        var reused = before;
        before = now;
        if (reused.pixels.length == wide * high && reused.width == wide) {
            Arrays.fill(reused.pixels, 0);
            now = reused;
        } else {
            now = new Sheet(wide, high);
        }
    }

    /** The picture of what was drawn since it began. */
    Image end() {
        now.buffer.updateBuffer(b -> new Rectangle2D(0, 0, width, height));
        return now.image;
    }

    /** The colour of what follows, {@code 0xRRGGBB}. */
    void setColor(int rgb) {
        color = rgb;
    }

    /** Points joined by straight lines. */
    void polyline(double[] xy, double thickness, double cover) {
        for (var i = 2; i < xy.length; i += 2) {
            line(xy[i - 2], xy[i - 1], xy[i], xy[i + 1], thickness, cover);
        }
    }

    /** A chain of cubics. */
    void curve(double[] xy, double thickness, double cover) {
        for (var i = 2; i < xy.length; i += 6) {
            var x = xy[i - 2];
            var y = xy[i - 1];
            for (var step = 1; step <= CURVE_STEPS; step++) {
                var t = (double) step / CURVE_STEPS;
                var u = 1 - t;
                double a = u * u * u;
                double b = 3 * u * u * t;
                double c = 3 * u * t * t;
                double d = t * t * t;
                var nextX = a * xy[i - 2] + b * xy[i] + c * xy[i + 2] + d * xy[i + 4];
                var nextY = a * xy[i - 1] + b * xy[i + 1] + c * xy[i + 3] + d * xy[i + 5];
                line(x, y, nextX, nextY, thickness, cover);
                x = nextX;
                y = nextY;
            }
        }
    }

    private void line(double x1, double y1, double x2, double y2, double thickness, double cover) {
        if (Math.abs(x2 - x1) >= Math.abs(y2 - y1)) {
            if (x1 <= x2) {
                flat(x1, y1, x2, y2, thickness, cover);
            } else {
                flat(x2, y2, x1, y1, thickness, cover);
            }
        } else if (y1 <= y2) {
            steep(x1, y1, x2, y2, thickness, cover);
        } else {
            steep(x2, y2, x1, y1, thickness, cover);
        }
    }

    private void flat(double x1, double y1, double x2, double y2, double thickness, double cover) {
        var slope = x2 == x1 ? 0 : (y2 - y1) / (x2 - x1);
        var half = thickness / 2 * Math.sqrt(1 + slope * slope);
        var last = Math.min(width, (int) Math.round(x2));
        for (var x = Math.max(0, (int) Math.round(x1)); x < last; x++) {
            var middle = y1 + (x + 0.5 - x1) * slope;
            var from = Math.max(0, (int) Math.floor(middle - half));
            var to = Math.min(height - 1, (int) Math.floor(middle + half));
            for (var y = from; y <= to; y++) {
                var part = Math.min(y + 1, middle + half) - Math.max(y, middle - half);
                blend(y * width + x, part * cover);
            }
        }
    }

    private void steep(double x1, double y1, double x2, double y2, double thickness, double cover) {
        var slope = (x2 - x1) / (y2 - y1);
        var half = thickness / 2 * Math.sqrt(1 + slope * slope);
        var last = Math.min(height, (int) Math.round(y2));
        for (var y = Math.max(0, (int) Math.round(y1)); y < last; y++) {
            var middle = x1 + (y + 0.5 - y1) * slope;
            var from = Math.max(0, (int) Math.floor(middle - half));
            var to = Math.min(width - 1, (int) Math.floor(middle + half));
            for (var x = from; x <= to; x++) {
                var part = Math.min(x + 1, middle + half) - Math.max(x, middle - half);
                blend(y * width + x, part * cover);
            }
        }
    }

    /** The colour over what is there, both with their alpha multiplied in. */
    private void blend(int at, double part) {
        var alpha = (int) (part * 256);
        if (alpha <= 0) {
            return;
        }
        alpha = Math.min(alpha, 256);
        var below = now.pixels[at];
        var keep = 256 - alpha;
        var a = (255 * alpha + (below >>> 24) * keep) >> 8;
        var r = (((color >> 16) & 255) * alpha + ((below >> 16) & 255) * keep) >> 8;
        var g = (((color >> 8) & 255) * alpha + ((below >> 8) & 255) * keep) >> 8;
        var b = ((color & 255) * alpha + (below & 255) * keep) >> 8;
        now.pixels[at] = (a << 24) | (r << 16) | (g << 8) | b;
    }
}
