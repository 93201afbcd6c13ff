package io.batchmesh.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a process runs.
 *
 * @param directory its working directory, where its output is kept too
 * @param processor its only processor, or -1 for any
 */
record Place(Path directory, int processor) {
    List<String> pin() {
        return processor < 0 ? List.of() : List.of("taskset", "-c", Integer.toString(processor));
    }
}
