package io.batchmesh.store;

import io.batchmesh.json.Fault;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of saving a topology. Unless it is saved, the file is as it was. */
public sealed interface SaveResult {
    /**
     * It is saved.
     *
     * @param file the file as it is now; the next save goes from here
     * @param backup where the text of before is kept when the file could not be replaced in one
     *     step and was written in place, else null
     */
    record Saved(TopologyFile file, @Nullable Path backup) implements SaveResult {}

    /**
     * Somebody else changed, made or removed the file since it was opened; nothing was written.
     *
     * @param now what stands there now
     */
    record Conflict(LoadResult now) implements SaveResult {}

    /** The topology holds values that could not be read back; nothing was written. */
    record Unwritable(List<Fault> faults) implements SaveResult {
        public Unwritable {
            faults = List.copyOf(faults);
        }
    }

    /** It could not be written. */
    record Failed(Path path, String reason) implements SaveResult {}
}
