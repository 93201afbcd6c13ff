package io.batchmesh.store;

import java.util.List;

/**
 * What is left of earlier, unsaved edits of a file.
 *
 * @param found what can be recovered, the newest first; empty when nothing was lost
 * @param problems why something that is there cannot be recovered, a sentence each
 */
public record Recovery(List<Recovered> found, List<String> problems) {
    public Recovery {
        found = List.copyOf(found);
        problems = List.copyOf(problems);
    }
}
