package io.batchmesh.target;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of giving a proxy a config, or of confirming one. */
public sealed interface PutResult {
    /** It runs this version now; of a dry run: it would. */
    record Acked(ConfigVersion version) implements PutResult {}

    /** It ran this version already. */
    record Unchanged(ConfigVersion version) implements PutResult {}

    /** It will not, for these reasons, at least one; the old config runs on. */
    record Rejected(List<Fault> faults) implements PutResult {
        public Rejected {
            faults = List.copyOf(faults);
        }
    }

    /** Something else runs there than was thought: this version, or null where it does not say. */
    record Conflict(@Nullable ConfigVersion running) implements PutResult {}

    /** It never got the config. */
    record Unreachable(String reason) implements PutResult {}

    /** It may or may not have taken it; reading back tells. */
    record Unknown(String reason) implements PutResult {}
}
