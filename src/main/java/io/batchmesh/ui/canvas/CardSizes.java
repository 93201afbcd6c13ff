package io.batchmesh.ui.canvas;

import io.batchmesh.model.Service;
import io.batchmesh.model.Tls;

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
    private static final double MAX_WIDTH = 256;

    static final double CORNER_SIZE = 9.5;

    /** The state's shape and the edges. */
    private static final double BESIDE_TITLE = 40;

    /** The word in the corner has room also before there is one. */
    private static final double LEAST_CORNER = 28;

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
        var width = Math.clamp(Math.ceil((title + besideTitle(service)) / 8) * 8, least, MAX_WIDTH);
        return new Size(width, HEAD + (hasChips(service) ? CHIP_HEIGHT + 12 : 0));
    }

    /** The name, shortened where the card is too narrow for it. */
    static String title(Service service) {
        return TextWidths.fit(
                service.name(), TITLE_SIZE, true, of(service).width() - besideTitle(service));
    }

    /** How it is secured, else what kind of service it is where it is not the usual one. */
    static String corner(Service service) {
        var tls = service.traffic().tls();
        if (tls != null && tls.mode() != Tls.Mode.OFF) {
            return tls.mode() == Tls.Mode.MUTUAL ? "mTLS" : "TLS";
        }
        return switch (service.kind()) {
            case SERVICE -> "";
            case GATEWAY -> "gateway";
            case EXTERNAL -> "external";
        };
    }

    private static double besideTitle(Service service) {
        var corner = TextWidths.sans(corner(service), CORNER_SIZE, true);
        return BESIDE_TITLE + Math.max(LEAST_CORNER, corner) + 6;
    }

    /** A single subset needs no row of its own. */
    static boolean hasChips(Service service) {
        return service.subsets().size() > 1;
    }
}
