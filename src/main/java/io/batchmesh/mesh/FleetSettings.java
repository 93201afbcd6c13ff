package io.batchmesh.mesh;

import io.batchmesh.model.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet is asked for.
 *
 * @param proxies how many, at least as many as the topology has endpoints, at most {@link #MOST}
 * @param rate requests per second that all links with a rate make together, or null for the rates
 *     of the topology
 * @param seed of all that happens by chance
 */
public record FleetSettings(int proxies, @Nullable Double rate, long seed) {
    /** More are not run in one process. */
    public static final int MOST = 5000;

    public FleetSettings {
        if (proxies < 1 || proxies > MOST) {
            throw new IllegalArgumentException("a fleet has 1 to " + MOST + " proxies");
        }
        if (rate != null && !(rate > 0 && rate < 1e9)) {
            throw new IllegalArgumentException("no rate: " + rate);
        }
    }

    double factor(Topology topology) {
        return rate == null ? 1 : rate / Load.rate(topology);
    }
}
