package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;

/** Paints the subsets of a service: name, weight as it runs and as it is edited, share seen. */
final class ChipPainter {
    private static final double NAME = 10.5;
    private static final double WEIGHT = 9.5;
    private static final double BAR = 2;

    private final Pen pen;
    private final double scale;
    private final Detail detail;

    ChipPainter(Pen pen, Viewport view, Detail detail) {
        this.pen = pen;
        this.scale = view.scale();
        this.detail = detail;
    }

    /** {@code box} is the card in pixels. */
    void paint(Card card, Box box) {
        var all = card.chips().size();
        if (all == 0) {
            return;
        }
        var shown = all > CardSizes.MAX_CHIPS ? CardSizes.MAX_CHIPS : all;
        var gap = CardSizes.CHIP_GAP * scale;
        var inner = box.width() - 2 * CardSizes.PAD * scale;
        var width = (inner - (shown - 1) * gap) / shown;
        for (var i = 0; i < shown; i++) {
            var place =
                    new Box(
                            box.x() + CardSizes.PAD * scale + i * (width + gap),
                            box.y() + (CardSizes.HEAD + 3) * scale,
                            width,
                            CardSizes.CHIP_HEIGHT * scale);
            pen.box(place, 6 * scale, new Pen.Ink(Swatch.GROUND, Swatch.LINE, 1));
            if (i == shown - 1 && all > shown) {
                more(all - shown + 1, place);
            } else if (detail == Detail.FULL) {
                full(card.chips().get(i), place);
            } else {
                brief(card.chips().get(i), place);
            }
        }
    }

    private void full(SubsetChip chip, Box place) {
        var style = TextStyle.sans(NAME).heavy().centered();
        var room = place.width() - 8 * scale;
        pen.text(
                TextWidths.fit(chip.name(), NAME * scale, true, room),
                place.centerX(),
                place.y() + 13.5 * scale,
                style.scaled(scale),
                Swatch.TEXT);
        pen.text(
                chip.weightWords(),
                place.centerX(),
                place.y() + 25.5 * scale,
                TextStyle.mono(WEIGHT).centered().scaled(scale),
                chip.edited() ? Swatch.ACCENT_TEXT : Swatch.MUTED);
        seen(chip, place);
    }

    /** A bar for the share that was seen, a tick for the share that is set. */
    private void seen(SubsetChip chip, Box place) {
        if (Double.isNaN(chip.seen())) {
            return;
        }
        var left = place.x() + 6 * scale;
        var width = place.width() - 12 * scale;
        var y = place.bottom() - 5 * scale;
        var share = Math.clamp(chip.seen(), 0, 1);
        var height = Math.max(1.5, BAR * scale);
        pen.box(new Box(left, y, width, height), 0, Pen.Ink.fill(Swatch.LINE));
        pen.box(new Box(left, y, Math.max(1, width * share), height), 0, Pen.Ink.fill(Swatch.EDGE));
        if (!Double.isNaN(chip.setShare())) {
            var tick = left + width * Math.clamp(chip.setShare(), 0, 1);
            pen.box(
                    new Box(tick - 0.75, y - 2 * scale, 1.5, height + 4 * scale),
                    0,
                    Pen.Ink.fill(Swatch.TEXT));
        }
    }

    private void brief(SubsetChip chip, Box place) {
        var size = Math.max(8.5, WEIGHT * scale);
        var weight = chip.weightWords();
        var room = place.width() - 2;
        var words = weight.isEmpty() || TextWidths.mono(weight, size) > room ? chip.name() : weight;
        if (TextWidths.mono(words, size) <= room) {
            pen.text(
                    words,
                    place.centerX(),
                    place.centerY() + size * 0.36,
                    TextStyle.mono(size).centered().scaled(1),
                    chip.edited() ? Swatch.ACCENT_TEXT : Swatch.MUTED);
        }
    }

    private void more(int count, Box place) {
        pen.text(
                "+" + count,
                place.centerX(),
                place.centerY() + 4 * scale,
                TextStyle.sans(NAME).heavy().centered().scaled(scale),
                Swatch.MUTED);
    }
}
