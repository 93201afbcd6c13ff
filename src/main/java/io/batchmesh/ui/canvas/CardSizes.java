package io.batchmesh.ui.canvas;

import io.batchmesh.model.Service;

/** How large the card of a service is. It depends on what is drawn, never on what is seen. */
final class CardSizes {
    /** Height of a card without subsets, and of the upper part of one that has some. */
    static final double HEAD = 68;

    static final double TITLE_SIZE = 13;
    static final double CHIP_HEIGHT = 38;
    static final double CHIP_GAP = 4;
    static final double PAD = 9;

    /** More subsets than this share one chip that says how many they are. */
    static final int MAX_CHIPS = 4;

    private static final double MIN_WIDTH = 168;
    private static final double MAX_WIDTH = 248;

    /** State shape before the name, security word after it. */
    private static final double BESIDE_TITLE = 74;

    private static final double CHIPS_WIDTH = 216;

    /**
     * Size of a card.
     *
     * @param width in drawing units
     * @param height in drawing units
     */
    record Size(double width, double height) {}

    private CardSizes() {}

    static Size of(Service service) {
        var title = TextWidths.sans(service.name(), TITLE_SIZE, true);
        var least = service.subsets().size() > 3 ? CHIPS_WIDTH : MIN_WIDTH;
        var width = Math.clamp(Math.ceil((title + BESIDE_TITLE) / 8) * 8, least, MAX_WIDTH);
        return new Size(width, HEAD + (hasChips(service) ? CHIP_HEIGHT + 12 : 0));
    }

    /** The name, shortened where the card is too narrow for it. */
    static String title(Service service) {
        return TextWidths.fit(service.name(), TITLE_SIZE, true, of(service).width() - BESIDE_TITLE);
    }

    /** A single subset needs no row of its own. */
    static boolean hasChips(Service service) {
        return service.subsets().size() > 1;
    }
}
