package io.batchmesh.metrics;

import java.time.Duration;
import java.time.Instant;

/**
 * What one link does, seen from its calling side, over the last window.
 *
 * @param link {@code from->to}
 * @param seenAt when the values were read; older than the snapshot when they are kept ones
 * @param traffic requests, errors, split
 * @param latency of the requests
 * @param breakdown the five stages
 * @param batching batches and their flushes
 * @param wire bytes
 * @param cache hits and misses
 */
public record LinkMetrics(
        String link,
        Instant seenAt,
        LinkTraffic traffic,
        LinkLatency latency,
        StageBreakdown breakdown,
        Batching batching,
        Wire wire,
        CacheUse cache) {
    /** A link of which nothing is known. */
    public static LinkMetrics none(String link, Instant seenAt) {
        return new LinkMetrics(
                link,
                seenAt,
                LinkTraffic.NONE,
                LinkLatency.NONE,
                StageBreakdown.NONE,
                Batching.NONE,
                Wire.NONE,
                CacheUse.NONE);
    }

    /** How old the values are at {@code now}, never negative. */
    public Duration age(Instant now) {
        return now.isAfter(seenAt) ? Duration.between(seenAt, now) : Duration.ZERO;
    }

    /** Requests per second. */
    public double requestsPerSecond() {
        return traffic.requestsPerSecond();
    }

    /** Errors among the requests, 0 to 1. */
    public double errorShare() {
        return traffic.errorShare();
    }

    /** One stage; {@link StageMetrics#none} where it was not observed. */
    public StageMetrics stage(Stage stage) {
        return breakdown.of(stage);
    }
}
