package io.batchmesh.ui.canvas;

/**
 * About how wide words are, without a toolkit: the advance widths of the widest of the usual sans
 * faces (DejaVu Sans), so that what fits by these numbers fits in every face.
 */
final class TextWidths {
    /** Advance of a fixed-width face, in parts of its size. */
    static final double MONO = 0.602;

    /** Advance widths of the characters from the blank to the tilde, in thousandths. */
    private static final short[] SANS = {
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636,
        636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698,
        770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732,
        684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
        634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,
        525, 636, 337, 636, 838
    };

    private static final double BOLD = 1.125;
    private static final double OTHER = 0.66;

    private TextWidths() {}

    static double sans(String text, double size, boolean bold) {
        double width = 0;
        for (var i = 0; i < text.length(); i++) {
            width += sans(text.charAt(i));
        }
        return width * size * (bold ? BOLD : 1);
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
        if (c >= ' ' && c <= '~') {
            return SANS[c - ' '] / 1000.0;
        }
        return c >= 0x2e80 ? 1 : OTHER;
    }
}
