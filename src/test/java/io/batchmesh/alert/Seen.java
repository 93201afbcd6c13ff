package io.batchmesh.alert;

import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes snapshots second by second. */
final class Seen {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Seen() {}

    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    static MeshSnapshot nothing(long second) {
        return new MeshSnapshot(at(second), Map.of(), Map.of(), Map.of(), Map.of());
    }

    static MeshSnapshot link(long second, double requests, double errors, double p99) {
        return links(second, link("a->b", at(second), requests, errors, p99));
    }

    static MeshSnapshot links(long second, LinkMetrics... links) {
        var all = new java.util.TreeMap<String, LinkMetrics>();
        for (var link : links) {
            all.put(link.link(), link);
        }
        return new MeshSnapshot(at(second), all, Map.of(), Map.of(), Map.of());
    }

    static LinkMetrics link(
            String name, Instant seenAt, double requests, double errors, double p99) {
        var latency = new Latency(p99 / 2, p99 / 3, p99 / 1.5, p99, 100);
        return new LinkMetrics(
                name,
                seenAt,
                new LinkTraffic(requests, errors, 0, 0, Map.of(), List.of()),
                new LinkLatency(
                        latency, latency, Map.of(), io.batchmesh.metrics.HistogramSnapshot.EMPTY),
                StageBreakdown.NONE,
                Batching.NONE,
                Wire.NONE,
                CacheUse.NONE);
    }

    static MeshSnapshot proxy(long second, ProxyState state, @Nullable Duration seenAgo) {
        var seen = seenAgo == null ? null : at(second).minus(seenAgo);
        var proxy = new ProxyMetrics("a-1", "a", state, seen, null, null, null, Map.of());
        return new MeshSnapshot(at(second), Map.of(), Map.of(), Map.of("a-1", proxy), Map.of());
    }
}
