package io.batchmesh.ui.canvas;

import java.util.List;

/** How large badges are. */
final class BadgeSizes {
    static final double STRONG_SIZE = 11;
    static final double PLAIN_SIZE = 10.5;
    static final double LINE = 15;
    static final double PAD_X = 9;
    static final double PAD_Y = 6;

    /** Room for so many characters, so that the badge keeps its size while numbers change. */
    private static final int LEAST_CHARACTERS = 8;

    private static final double STEP = 12;

    private BadgeSizes() {}

    /** The size for these lines; the width grows in steps. */
    static CardSizes.Size of(List<Words> lines) {
        var widest = TextWidths.mono("x".repeat(LEAST_CHARACTERS), PLAIN_SIZE);
        for (var words : lines) {
            var size = words.strong() ? STRONG_SIZE : PLAIN_SIZE;
            widest = Math.max(widest, TextWidths.mono(words.text(), size));
        }
        return new CardSizes.Size(
                Math.ceil((widest + 2 * PAD_X) / STEP) * STEP, lines.size() * LINE + 2 * PAD_Y - 1);
    }
}
