package io.batchmesh.ui.canvas;

import io.batchmesh.ui.theme.Swatch;

/** Paints what lies behind services and links. */
final class GroundPainter {
    private static final double LEGIBLE = 8.5;

    private final Pen pen;
    private final Viewport view;

    GroundPainter(Pen pen, Viewport view) {
        this.pen = pen;
        this.view = view;
    }

    void group(GroupBox group) {
        var box = view.box(group.box());
        var scale = view.scale();
        pen.box(box, 14 * scale, Pen.Ink.stroke(Swatch.LINE, 1.2));
        var size = Math.max(LEGIBLE, 11.5 * scale);
        var name = TextWidths.fit(group.name(), size, true, box.width() - 24 * scale);
        if (box.width() > 40) {
            pen.text(
                    name,
                    box.x() + 14 * scale,
                    box.y() + 12 * scale + size / 2,
                    TextStyle.sans(size).heavy().scaled(1),
                    Swatch.MUTED);
        }
    }

    void note(NoteBox note) {
        var box = view.box(note.box());
        var scale = view.scale();
        pen.box(box, 6 * scale, new Pen.Ink(Swatch.WARN_SOFT, null, 0));
        var bar = new Box(box.x(), box.y(), Math.max(2, 3 * scale), box.height());
        pen.box(bar, 1, Pen.Ink.fill(Swatch.WARN));
        if (NoteLines.SIZE * scale < 6.5) {
            return;
        }
        var style = TextStyle.sans(NoteLines.SIZE).scaled(scale);
        for (var i = 0; i < note.lines().size(); i++) {
            var y = NoteLines.PAD + 11 + i * NoteLines.LINE;
            pen.text(
                    note.lines().get(i),
                    box.x() + (NoteLines.PAD + 2) * scale,
                    box.y() + y * scale,
                    style,
                    Swatch.TEXT);
        }
    }
}
