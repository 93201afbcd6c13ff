package io.batchmesh.admin;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a change of config, or of confirming one. */
sealed interface PutOutcome {
    /** It runs; with {@code until}, only till then unless it is confirmed. */
    record Runs(ConfigVersion version, boolean changed, @Nullable Instant until)
            implements PutOutcome {}

    /** It would run; nothing was changed. */
    record WouldRun(ConfigVersion version, boolean changed) implements PutOutcome {}

    /** Something else runs than the caller thought; null for nothing. */
    record Stale(@Nullable ConfigVersion running) implements PutOutcome {}

    /** The proxy cannot run it; the old one keeps running. */
    record Refused(List<Fault> faults) implements PutOutcome {
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    /** There is nothing to go back to. */
    record NoWayBack() implements PutOutcome {}

    /** It could not be kept on disk, so it was not taken. */
    record NotKept(String reason) implements PutOutcome {}
}
