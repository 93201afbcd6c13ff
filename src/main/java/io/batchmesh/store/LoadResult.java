package io.batchmesh.store;

import io.batchmesh.json.Fault;
import java.nio.file.Path;
import java.util.List;

/** What came of opening a topology file. */
public sealed interface LoadResult {
    /** It is open. */
    record Loaded(TopologyFile file) implements LoadResult {}

    /** It is no topology, for these reasons, at least one. */
    record Faulty(Path path, List<Fault> faults) implements LoadResult {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /** There is no such file. */
    record Missing(Path path) implements LoadResult {}

    /** It is there, and cannot be read. */
    record Unreadable(Path path, String reason) implements LoadResult {}

    /** It is larger than the {@value io.batchmesh.json.JsonDocument#MAX_BYTES} bytes read. */
    record TooLarge(Path path, long bytes) implements LoadResult {}

    /** Why there is no open file, in a sentence with the way to mend it; empty when there is. */
    default String problem() {
        return switch (this) {
            case Loaded _ -> "";
            case Faulty f -> f.path + ":" + f.faults.getFirst().describe();
            case Missing m -> m.path + ": there is no such file; check the path";
            case Unreadable u -> u.path + ": cannot be read: " + u.reason;
            case TooLarge t ->
                    "%s: the file has %d bytes; at most 32 MiB are read".formatted(t.path, t.bytes);
        };
    }
}
