package io.batchmesh.config;

import io.batchmesh.json.Fault;
import java.util.List;

/** What came of reading a config. */
public sealed interface ConfigResult {
    /** It is valid. */
    record Valid(ProxyConfig config, ConfigVersion version) implements ConfigResult {}

    /** It is not, for these reasons, at least one. */
    record Invalid(List<Fault> faults) implements ConfigResult {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
