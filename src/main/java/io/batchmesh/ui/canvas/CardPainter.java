package io.batchmesh.ui.canvas;

import io.batchmesh.model.ServiceKind;
import io.batchmesh.ui.theme.Swatch;

/** Paints services. */
final class CardPainter {
    static final double PORT_RADIUS = 6;

    private static final double RADIUS = 9;
    private static final double TITLE_LEGIBLE = 10;
    private static final double NAME_LEGIBLE = 9.5;
    private static final double NAME_SMALLEST = 8.5;
    private static final double RATE_LEGIBLE = 9.5;

    private final Pen pen;
    private final Viewport view;
    private final double scale;
    private final Detail detail;
    private final Emphasis emphasis;
    private final ChipPainter chips;

    CardPainter(Pen pen, Viewport view, Detail detail, Emphasis emphasis) {
        this.pen = pen;
        this.view = view;
        this.scale = view.scale();
        this.detail = detail;
        this.emphasis = emphasis;
        this.chips = new ChipPainter(pen, view, detail);
    }

    void paint(Card card) {
        var box = view.box(card.box());
        switch (detail) {
            case BLOCKS -> block(card, box, 0);
            case SHAPES -> block(card, box, scale >= 0.3 ? RADIUS * scale : 0);
            case NAMES -> named(card, box);
            case SHORT -> brief(card, box);
            case FULL -> full(card, box);
        }
        stamp(card, box);
        var hover = emphasis.hover();
        if (detail.atLeast(Detail.SHORT)
                && (new Thing.OfService(card.id()).equals(hover)
                        || new Thing.Port(card.id()).equals(hover))) {
            port(card, new Thing.Port(card.id()).equals(hover));
        }
    }

    /** State by colour of the edge and by how it is filled. */
    private void block(Card card, Box box, double radius) {
        var tone = card.health().tone();
        var loud = tone == Tone.WARN || tone == Tone.ERROR;
        var edge = card.marks().selected() ? Swatch.ACCENT : loud ? tone.line() : Swatch.MUTED;
        var fill =
                card.marks().selected()
                        ? Swatch.ACCENT_SOFT
                        : tone == Tone.ERROR
                                ? Swatch.ERROR_SOFT
                                : tone == Tone.WARN ? Swatch.WARN_SOFT : Swatch.NODE;
        if (detail == Detail.BLOCKS && Math.min(box.width(), box.height()) < 5) {
            pen.box(box, 0, Pen.Ink.fill(edge));
            return;
        }
        pen.box(box, radius, new Pen.Ink(fill, edge, loud || card.marks().selected() ? 1.5 : 1));
    }

    private void named(Card card, Box box) {
        frame(card, box);
        var size = Math.clamp(13 * scale, NAME_LEGIBLE, 13);
        var shape = 3.2;
        var roomy = box.width() > 44;
        if (roomy) {
            HealthShape.paint(pen, card.health(), box.x() + 8, box.centerY(), shape);
        }
        var room = box.width() - (roomy ? 18 : 6);
        name(card, box.x() + (roomy ? 14 : 3), box.centerY(), TextStyle.sans(size), room);
    }

    private void brief(Card card, Box box) {
        frame(card, box);
        var top = box.y() + 20 * scale;
        var size = Math.max(TITLE_LEGIBLE, CardSizes.TITLE_SIZE * scale);
        HealthShape.paint(pen, card.health(), box.x() + 11 * scale + 2, top, 3.8);
        var left = box.x() + 20 * scale + 4;
        name(card, left, top, TextStyle.sans(size).heavy(), box.right() - left - 4);
        var rateSize = Math.max(RATE_LEGIBLE, 12 * scale);
        var facts = card.face().facts();
        var words = facts == null ? card.reading().rateWords() : facts.split(" · ", 2)[0];
        pen.text(
                words,
                left,
                box.y() + 44 * scale + rateSize * 0.36,
                TextStyle.mono(rateSize).scaled(1),
                card.reading().stale() ? Swatch.FAINT : Swatch.MUTED);
        var used = left + TextWidths.mono(words, rateSize) + 8;
        var aside = card.reading().stale() ? card.reading().ageWords() : card.reading().p99Words();
        if (facts == null && used + TextWidths.mono(aside, rateSize) < box.right() - 5) {
            pen.text(
                    aside,
                    used,
                    box.y() + 44 * scale + rateSize * 0.36,
                    TextStyle.mono(rateSize).scaled(1),
                    Swatch.FAINT);
        }
        chips.paint(card, box);
    }

    /** The part of the name that tells it from others, a little smaller where that helps. */
    private void name(Card card, double x, double middle, TextStyle style, double room) {
        var size = style.size();
        while (size > NAME_SMALLEST
                && TextWidths.sans(card.face().brief(), size, style.bold()) > room) {
            size -= 0.5;
        }
        pen.text(
                TextWidths.fit(card.face().brief(), size, style.bold(), room),
                x,
                middle + size * 0.36,
                TextStyle.sans(size).heavy(style.bold()).scaled(1),
                Swatch.TEXT);
    }

    private void full(Card card, Box box) {
        frame(card, box);
        HealthShape.paint(
                pen, card.health(), box.x() + 16 * scale, box.y() + 21 * scale, 4.6 * scale);
        text(
                card.face().title(),
                box.x() + 28 * scale,
                box.y() + 25.5 * scale,
                TextStyle.sans(CardSizes.TITLE_SIZE).heavy(),
                Swatch.TEXT);
        var corner = card.face().corner();
        if (!corner.isEmpty()) {
            text(
                    corner,
                    box.right() - 10 * scale,
                    box.y() + 25 * scale,
                    TextStyle.sans(CardSizes.CORNER_SIZE).heavy().right(),
                    Swatch.MUTED);
        }
        numbers(card, box);
        chips.paint(card, box);
    }

    private void numbers(Card card, Box box) {
        var facts = card.face().facts();
        if (facts != null) {
            text(
                    facts,
                    box.x() + 14 * scale,
                    box.y() + 47 * scale,
                    TextStyle.sans(11),
                    Swatch.MUTED);
            return;
        }
        var stale = card.reading().stale();
        text(
                card.reading().rateWords(),
                box.x() + 14 * scale,
                box.y() + 45 * scale,
                TextStyle.mono(12).heavy(!stale),
                stale || !card.reading().known() ? Swatch.FAINT : Swatch.TEXT);
        text(
                card.reading().p99Words(),
                box.x() + 84 * scale,
                box.y() + 45 * scale,
                TextStyle.mono(11),
                stale || !card.reading().known() ? Swatch.FAINT : Swatch.MUTED);
        var right = box.right() - 14 * scale;
        var aside = card.aside();
        if (aside != null) {
            var room = right - box.x() - 14 * scale;
            var style = TextStyle.sans(10);
            var words = TextWidths.fit(aside.text(), style.size() * scale, false, room);
            text(words, right, box.y() + 60 * scale, style.right(), aside.tone().words());
            right -= TextWidths.sans(words, style.size(), false) * scale + 8 * scale;
        }
        var area =
                new Box(
                        box.x() + 14 * scale,
                        box.y() + 51 * scale,
                        right - box.x() - 14 * scale,
                        10 * scale);
        if (area.width() > 40 * scale) {
            SparkPainter.paint(pen, card, area);
        }
    }

    private void frame(Card card, Box box) {
        var selected = card.marks().selected();
        var hover = new Thing.OfService(card.id()).equals(emphasis.hover());
        var focus = new Thing.OfService(card.id()).equals(emphasis.focus());
        if (focus) {
            pen.box(
                    box.grown(3.5),
                    RADIUS * scale + 3.5,
                    Pen.Ink.stroke(Swatch.ACCENT, selected ? 1 : 1.5));
        }
        var edge = selected ? Swatch.ACCENT : hover ? Swatch.FAINT : Swatch.LINE;
        var fill =
                card.face().kind() == ServiceKind.EXTERNAL
                        ? Swatch.GROUND
                        : hover && !selected ? Swatch.HOVER : Swatch.NODE;
        pen.box(box, RADIUS * scale, new Pen.Ink(fill, edge, selected ? 2 : 1));
    }

    private void stamp(Card card, Box box) {
        var stamp = card.marks().stamp();
        if (stamp == null) {
            return;
        }
        if (stamp.ring()) {
            pen.box(
                    box.grown(4.5 * Math.min(1, scale + 0.2)),
                    (RADIUS + 4) * scale,
                    Pen.Ink.stroke(stamp.tone().line(), 2));
        }
        if (!detail.atLeast(Detail.SHORT)) {
            return;
        }
        var size = Math.max(9, 10.5 * scale);
        var width = TextWidths.mono(stamp.text(), size) + 14;
        var pill = new Box(box.right() - width + 5, box.y() - size - 3, width, size + 8);
        pen.box(pill, pill.height() / 2, new Pen.Ink(Swatch.GROUND, stamp.tone().line(), 1.2));
        pen.text(
                stamp.text(),
                pill.centerX(),
                pill.centerY() + size * 0.36,
                TextStyle.mono(size).centered().scaled(1),
                stamp.tone().words());
    }

    private void port(Card card, boolean hot) {
        var x = view.x(card.portX());
        var y = view.y(card.portY());
        var fill = hot ? Swatch.ACCENT : Swatch.PANEL;
        pen.circle(x, y, PORT_RADIUS, new Pen.Ink(fill, Swatch.ACCENT, 1.5));
    }

    private void text(String words, double x, double y, TextStyle style, Swatch color) {
        pen.text(words, x, y, style.scaled(scale), color);
    }
}
