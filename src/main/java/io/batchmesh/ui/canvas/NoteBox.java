package io.batchmesh.ui.canvas;

import java.util.List;

/**
 * A note on the canvas.
 *
 * @param index its number in the topology
 * @param box where
 * @param lines the words, broken into lines
 */
public record NoteBox(int index, Box box, List<String> lines) {
    public NoteBox {
        lines = List.copyOf(lines);
    }
}
