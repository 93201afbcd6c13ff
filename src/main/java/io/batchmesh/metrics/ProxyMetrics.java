package io.batchmesh.metrics;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One proxy that is watched.
 *
 * @param proxy its name
 * @param service the service that it stands beside
 * @param state whether its values can be trusted
 * @param lastSeen when it was last read, {@code null} if never
 * @param reason why it is not live, {@code null} when it is
 * @param version the configuration that it says it runs
 * @param revision the revision of the topology that it came from
 * @param cpuCores processor time by activity, in cores; an activity that is not reported is absent
 * @param load what it carries
 */
public record ProxyMetrics(
        String proxy,
        String service,
        ProxyState state,
        @Nullable Instant lastSeen,
        @Nullable String reason,
        @Nullable String version,
        @Nullable String revision,
        Map<Activity, Double> cpuCores,
        ProxyLoad load) {
    public ProxyMetrics {
        cpuCores = Frozen.enums(Activity.class, cpuCores);
    }

    /** One whose load is not known. */
    public ProxyMetrics(
            String proxy,
            String service,
            ProxyState state,
            @Nullable Instant lastSeen,
            @Nullable String reason,
            @Nullable String version,
            @Nullable String revision,
            Map<Activity, Double> cpuCores) {
        this(proxy, service, state, lastSeen, reason, version, revision, cpuCores, ProxyLoad.NONE);
    }
}
