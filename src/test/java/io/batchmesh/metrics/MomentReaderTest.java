package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MomentReaderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SnapshotHistory history = new SnapshotHistory();
    private final SnapshotHistory.Reading reading = new SnapshotHistory.Reading();

    private static MeshSnapshot snapshot(int second) {
        var at = START.plusSeconds(second);
        var none = LinkMetrics.none("a->b", at);
        var stages = new HashMap<Stage, StageMetrics>();
        stages.put(Stage.SEND, new StageMetrics(Stage.SEND, 8, new Latency(0.5, 0.25, 0.75, 1, 8)));
        var latency = new Latency(0.5, 0.25, 0.75, 1, second + 1);
        var link =
                new LinkMetrics(
                        "a->b",
                        at,
                        new LinkTraffic(
                                second % 1024,
                                1,
                                0,
                                2,
                                Map.of(),
                                List.of("10.0.0.1:80"),
                                Map.of("200", 5.0, "503", 2.0, "404", 1.0),
                                0,
                                List.of()),
                        new LinkLatency(latency, latency, Map.of(), HistogramSnapshot.EMPTY),
                        StageBreakdown.of(stages, Map.of(), latency),
                        new Batching(8, 2, 4, Map.of(FlushReason.SIZE, 2.0), 3),
                        new Wire(4096, 1024),
                        none.cache());
        var service =
                new ServiceMetrics("b", at, 16, 0.25, latency, 1, Map.of("200", 12.0, "500", 4.0));
        var load = new ProxyLoad(16, 4, 0.5, 0, 3, 1);
        var proxy =
                new ProxyMetrics(
                        "b-1",
                        "b",
                        ProxyState.LIVE,
                        at,
                        null,
                        "v",
                        "r",
                        Map.of(Activity.PROXY, 0.5),
                        load);
        return new MeshSnapshot(
                at,
                Map.of("a->b", link),
                Map.of("b", service),
                Map.of("b-1", proxy),
                Map.of(Activity.PROXY, 0.5));
    }

    private MeshSnapshot at(int second) {
        return history.at(START.plusSeconds(second), Map.of("b-1", "b"), reading);
    }

    private double requests(int second) {
        var link = at(second).link("a->b");
        return link == null ? Double.NaN : link.requestsPerSecond();
    }

    @Test
    void aMomentIsAsItWasSeen() {
        for (var i = 0; i < 300; i++) {
            history.add(snapshot(i));
        }
        var seen = at(200);
        var was = snapshot(200);
        assertEquals(was.at(), seen.at());
        var link = seen.links().get("a->b");
        assertEquals(200, link.requestsPerSecond());
        assertEquals(was.links().get("a->b").batching(), link.batching());
        assertEquals(was.links().get("a->b").wire(), link.wire());
        assertEquals(0.5, link.stage(Stage.SEND).latency().mean());
        assertTrue(link.breakdown().present());
        assertEquals(1, link.traffic().openBreakers().size());
        assertEquals(Map.of("4xx", 1.0, "503", 2.0), link.traffic().codesPerSecond());
        assertEquals(0.25, seen.services().get("b").errorShare());
        assertEquals(was.proxies().get("b-1").load(), seen.proxies().get("b-1").load());
        assertEquals("b", seen.proxies().get("b-1").service());
        assertEquals(was.cost(), seen.cost());
    }

    @Test
    void momentsAreReadInAnyOrderWhileOthersAreAddedAndForgotten() {
        var seed = 7L;
        var random = new SplittableRandom(seed);
        for (var i = 0; i < 3_000; i++) {
            history.add(snapshot(i));
            if (i % 7 == 0) {
                var first = (int) ((history.firstMillis() - START.toEpochMilli()) / 1_000);
                var wanted = first + random.nextInt(i - first + 1);
                assertEquals(wanted % 1024, requests(wanted), 0.6, "seed " + seed + " at " + i);
                assertEquals(i % 1024, requests(i), 0.6, "seed " + seed + " at " + i);
            }
        }
    }

    @Test
    void whatIsOlderIsAMeanOfTenSeconds() {
        for (var i = 0; i < 1_500; i++) {
            history.add(snapshot(i));
        }
        assertEquals(START.plusSeconds(20), at(25).at());
        assertEquals(14.5, requests(25), 0.1);
    }

    @Test
    void beforeTheBeginningNothingIsKnown() {
        history.add(snapshot(5));
        assertSame(MeshSnapshot.EMPTY, at(4));
    }
}
