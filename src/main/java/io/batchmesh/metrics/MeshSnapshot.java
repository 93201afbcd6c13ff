package io.batchmesh.metrics;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of a whole mesh at one moment. All maps are unmodifiable and ordered by name.
 *
 * @param at the moment
 * @param links by {@code from->to}
 * @param services by name
 * @param proxies by name
 * @param cost processor time of all live proxies by activity, in cores: {@code P_proxy}, {@code
 *     P_monitor}, {@code P_manage}; an activity that nobody reports is absent
 */
public record MeshSnapshot(
        Instant at,
        Map<String, LinkMetrics> links,
        Map<String, ServiceMetrics> services,
        Map<String, ProxyMetrics> proxies,
        Map<Activity, Double> cost) {
    /** Before anything was observed. */
    public static final MeshSnapshot EMPTY =
            new MeshSnapshot(Instant.EPOCH, Map.of(), Map.of(), Map.of(), Map.of());

    public MeshSnapshot {
        links = Frozen.map(links);
        services = Frozen.map(services);
        proxies = Frozen.map(proxies);
        cost = Frozen.enums(Activity.class, cost);
    }

    /** What is known of a link ({@code from->to}), {@code null} when nothing is. */
    public @Nullable LinkMetrics link(String link) {
        return links.get(link);
    }

    /** Number of proxies in a state. */
    public int count(ProxyState state) {
        return (int) proxies.values().stream().filter(proxy -> proxy.state() == state).count();
    }
}
