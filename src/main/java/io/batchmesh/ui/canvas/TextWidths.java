package io.batchmesh.ui.canvas;

/**
 * About how wide words are, without a toolkit: the advance widths of the widest of the usual sans
 * faces (DejaVu Sans), so that what fits by these numbers fits in every face.
 */
final class TextWidths {
    /** Advance of a fixed-width face, in parts of its size. */
    static final double MONO = 0.602;

    private static final String NARROW = "ijlI.,:;'|!()[]/ ft";
    private static final String WIDE = "mwMW@%";

    private TextWidths() {}

    static double sans(String text, double size, boolean bold) {
        double width = 0;
        for (var i = 0; i < text.length(); i++) {
            width += sans(text.charAt(i));
        }
        return width * size * (bold ? 1.1 : 1);
    }

    static double mono(String text, double size) {
        double width = 0;
        for (var i = 0; i < text.length(); i++) {
            width += text.charAt(i) >= 0x2e80 ? 1 : MONO;
        }
        return width * size;
    }

    /** The text, or its beginning with an ellipsis where it is wider than there is room. */
    static String fit(String text, double size, boolean bold, double room) {
        if (sans(text, size, bold) <= room) {
            return text;
        }
        var end = text.length();
        while (end > 1 && sans(text.substring(0, end) + "…", size, bold) > room) {
            end--;
        }
        if (Character.isHighSurrogate(text.charAt(end - 1)) && end > 1) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    private static double sans(char c) {
        if (NARROW.indexOf(c) >= 0) {
            return 0.36;
        }
        if (WIDE.indexOf(c) >= 0) {
            return 0.95;
        }
        if (c >= 0x2e80) {
            return 1;
        }
        return c >= 'A' && c <= 'Z' ? 0.72 : 0.625;
    }
}
