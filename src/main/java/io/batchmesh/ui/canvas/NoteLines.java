package io.batchmesh.ui.canvas;

import io.batchmesh.model.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks the words of notes into lines. */
final class NoteLines {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    static final double SIZE = 12;
    static final double LINE = 17;
    static final double PAD = 10;

    private static final double WIDTH = 210;
    private static final int MAX_LINES = 12;
    private static final int MAX_TEXT = 2000;

    private NoteLines() {}

    static NoteBox of(int index, Note note) {
        var lines = lines(note.text());
        double widest = 60;
        for (var line : lines) {
            widest = Math.max(widest, TextWidths.sans(line, SIZE, false));
        }
        var at = Places.of(note.x(), note.y());
        return new NoteBox(
                index,
                new Box(
                        at[0],
                        at[1],
                        Math.ceil(widest) + 2 * PAD,
                        lines.size() * LINE + 2 * PAD - 3),
                lines);
    }

    static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        var shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        for (var paragraph : shown.lines().toList()) {
            breakUp(paragraph, lines);
        }
        if (lines.size() <= MAX_LINES) {
            return lines.isEmpty() ? List.of("") : lines;
        }
        var cut = new ArrayList<>(lines.subList(0, MAX_LINES - 1));
        cut.add("…");
        return cut;
    }

    private static void breakUp(String paragraph, List<String> lines) {
        var line = new StringBuilder();
        for (var word : BLANKS.splitAsStream(paragraph.strip()).toList()) {
            var fitted = TextWidths.fit(word, SIZE, false, WIDTH);
            if (!line.isEmpty() && TextWidths.sans(line + " " + fitted, SIZE, false) > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(fitted);
        }
        lines.add(line.toString());
    }
}
