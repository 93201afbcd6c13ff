package io.batchmesh.ui.plot;

import javafx.scene.paint.Color;

/** Colours as JavaFX keeps pixels: alpha, red, green, blue, each multiplied by alpha. */
final class Argb {
    private static final int EVEN = 0x00ff00ff;
    private static final int ODD = 0xff00ff00;

    private Argb() {}

    static int of(Color color, double opacity) {
        double alpha = color.getOpacity() * opacity;
        int a = (int) Math.round(alpha * 255);
        int r = (int) Math.round(color.getRed() * alpha * 255);
        int g = (int) Math.round(color.getGreen() * alpha * 255);
        int b = (int) Math.round(color.getBlue() * alpha * 255);
        return (a << 24) | (r << 16) | (g << 8) | b;
    }

    /**
     * Lays a colour over another.
     *
     * @param coverage how much of the pixel it covers, 0 to 256
     */
    static int over(int below, int color, int coverage) {
        int rest = 256 - ((color >>> 24) * coverage + 127) / 255;
        return scaled(color, coverage) + scaled(below, rest);
    }

    /** All four channels times a factor from 0 to 256, two at a time. */
    private static int scaled(int color, int factor) {
        int redBlue = (((color & EVEN) * factor) >>> 8) & EVEN;
        int alphaGreen = (((color >>> 8) & EVEN) * factor) & ODD;
        return redBlue | alphaGreen;
    }
}
