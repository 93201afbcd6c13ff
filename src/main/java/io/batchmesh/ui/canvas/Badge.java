package io.batchmesh.ui.canvas;

import io.batchmesh.model.LinkId;
import java.util.List;

/**
 * The words on a link: its batch window, what runs and what is edited, and what is seen of it.
 *
 * @param link which
 * @param box where
 * @param lines from above
 * @param tone of the border
 */
public record Badge(LinkId link, Box box, List<Words> lines, Tone tone) {
    public Badge {
        lines = List.copyOf(lines);
    }

    /** Whether it says more than the usual: a set window, an edit, or something wrong. */
    public boolean telling() {
        var first = lines.getFirst().text();
        return tone != Tone.MUTED || !first.equals("auto");
    }
}
