package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;

/** Paints the words on the links. */
final class BadgePainter {
    private static final double LEGIBLE = 9;
    private static final String RUNS = "runs ";

    private final Pen pen;
    private final Viewport view;
    private final Detail detail;
    private final Emphasis emphasis;

    BadgePainter(Pen pen, Viewport view, Detail detail, Emphasis emphasis) {
        this.pen = pen;
        this.view = view;
        this.detail = detail;
        this.emphasis = emphasis;
    }

    void paint(Badge badge) {
        var box = view.box(badge.box());
        if (detail == Detail.FULL) {
            full(badge, box);
        } else {
            brief(badge, box);
        }
    }

    private void full(Badge badge, Box box) {
        var scale = view.scale();
        var hover = new Thing.OfLink(badge.link()).equals(emphasis.hover());
        var fill = hover ? Swatch.HOVER : Swatch.PANEL;
        pen.box(box, 7 * scale, new Pen.Ink(fill, badge.tone().line(), 1));
        var lines = badge.lines();
        for (var i = 0; i < lines.size(); i++) {
            var words = lines.get(i);
            var size = words.strong() ? BadgeSizes.STRONG_SIZE : BadgeSizes.PLAIN_SIZE;
            var style = TextStyle.mono(size).heavy(words.strong()).centered().scaled(scale);
            var y = BadgeSizes.PAD_Y + 10.5 + i * BadgeSizes.LINE;
            pen.text(words.text(), box.centerX(), box.y() + y * scale, style, words.tone().words());
        }
    }

    /** The first line alone, of a size that can be read. */
    private void brief(Badge badge, Box box) {
        var words = badge.lines().getFirst();
        var text =
                words.text().startsWith(RUNS)
                        ? words.text().substring(RUNS.length())
                        : words.text();
        var size = Math.max(LEGIBLE, BadgeSizes.STRONG_SIZE * view.scale());
        var width = TextWidths.mono(text, size) + 8;
        var height = size + 6;
        if (width > box.width() + 30) {
            width = 12;
            height = 12;
        }
        var pill = Box.around(box.centerX(), box.centerY(), width, height);
        pen.box(pill, 5, new Pen.Ink(Swatch.PANEL, badge.tone().line(), 1));
        if (width > 12) {
            pen.text(
                    text,
                    pill.centerX(),
                    pill.centerY() + size * 0.36,
                    TextStyle.mono(size).centered().scaled(1),
                    words.tone().words());
        }
    }
}
