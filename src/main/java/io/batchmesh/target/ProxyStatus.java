package io.batchmesh.target;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.config.ConfigVersion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a proxy says of itself.
 *
 * @param version the version that it runs, or null for none
 * @param stamp what is kept beside it
 * @param uptime since it started
 * @param ready whether traffic may be sent to it
 * @param draining whether it is ending
 * @param all everything that it said
 */
public record ProxyStatus(
        @Nullable ConfigVersion version,
        RunningConfig.Stamp stamp,
        Duration uptime,
        boolean ready,
        boolean draining,
        JsonNode all) {
    /** What is switched by hand there. */
    public List<OverrideEntry> overrides() {
        return OverrideAnswers.of(all);
    }
}
