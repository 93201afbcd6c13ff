package io.batchmesh.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * What one service does, seen from its own sidecars, over the last window.
 *
 * @param service its name
 * @param seenAt when the values were read; older than the snapshot when they are kept ones
 * @param requestsPerSecond requests that reached it, {@code NaN} where it is not known
 * @param errorShare those answered with a 5xx code or with none, 0 to 1, {@code NaN} without
 *     requests
 * @param latency of the service itself, its sidecar included
 * @param proxies sidecars that these values come from
 * @param codesPerSecond answers per second by the label {@code code}, in the order of the codes
 */
public record ServiceMetrics(
        String service,
        Instant seenAt,
        double requestsPerSecond,
        double errorShare,
        Latency latency,
        int proxies,
        Map<String, Double> codesPerSecond) {

    public ServiceMetrics {
        codesPerSecond = Frozen.map(codesPerSecond);
    }

    /** Without what is known by code. */
    public ServiceMetrics(
            String service,
            Instant seenAt,
            double requestsPerSecond,
            double errorShare,
            Latency latency,
            int proxies) {
        this(service, seenAt, requestsPerSecond, errorShare, latency, proxies, Map.of());
    }
}
