package io.batchmesh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredLoadTest {
    private static LinkMetrics seen(double rate, Latency all, Map<SendPart, Latency> parts) {
        return new LinkMetrics(
                "a->b",
                Instant.EPOCH,
                new LinkTraffic(rate, 0, 0, 0, Map.of(), List.of()),
                new LinkLatency(all, all, Map.of(), HistogramSnapshot.EMPTY),
                new StageBreakdown(Map.of(), parts, Double.NaN),
                new Batching(200, 50, 4, Map.of(), 0),
                new Wire(160_000, 40_000),
                CacheUse.of(Map.of("hit", 30.0, "coalesced", 20.0, "miss", 50.0)));
    }

    private static Latency latency(double mean, double p50, double p99) {
        return new Latency(mean, p50, (p50 + p99) / 2, p99, 100);
    }

    @Test
    void aLoadIsReadFromWhatPeersReport() {
        var parts =
                Map.of(
                        SendPart.SERVICE, latency(0.006, 0.005, 0.02),
                        SendPart.PEER, latency(0.001, 0.001, 0.001),
                        SendPart.WIRE_OUT, latency(0.002, 0.002, 0.002),
                        SendPart.WIRE_BACK, latency(0.004, 0.004, 0.004));
        var load = MeasuredLoad.of(seen(250, latency(0.02, 0.02, 0.04), parts), false, 1);
        assertEquals(
                new Workload(
                        250,
                        400,
                        400,
                        0.25,
                        0.2,
                        new Workload.Wire(0.003, Double.POSITIVE_INFINITY),
                        new Workload.Service(0.006, 0.021, 0, false)),
                load);
    }

    @Test
    void withoutReportsTheCallIsAllThatIsKnown() {
        var load = MeasuredLoad.of(seen(250, latency(0.02, 0.02, 0.04), Map.of()), true, 1);
        assertEquals(
                new Workload.Service(0.02, 0.04, 0, true), load == null ? null : load.service());
    }

    @Test
    void whatIsNotSeenIsNotForetold() {
        assertNull(MeasuredLoad.of(seen(0, latency(1, 1, 1), Map.of()), false, 1));
        assertNull(MeasuredLoad.of(seen(Double.NaN, latency(1, 1, 1), Map.of()), false, 1));
        assertNull(MeasuredLoad.of(seen(250, Latency.NONE, Map.of()), false, 1));
    }
}
