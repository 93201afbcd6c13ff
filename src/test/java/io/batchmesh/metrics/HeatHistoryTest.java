package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeatHistoryTest {
    private static final double[] BOUNDS = {0.001, 0.005, 0.01, 0.1, Double.POSITIVE_INFINITY};
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    /** As many requests per second, all between 5 and 10 ms, counted over three seconds. */
    private static LinkMetrics link(String name, double rate) {
        double[] counts = {0, 0, 3 * rate, 3 * rate, 3 * rate};
        var histogram = HistogramSnapshot.of(BOUNDS, counts, 1);
        var none = LinkMetrics.none(name, Instant.EPOCH);
        return new LinkMetrics(
                name,
                Instant.EPOCH,
                new LinkTraffic(rate, 0, 0, 0, Map.of(), List.of()),
                new LinkLatency(Latency.NONE, Latency.NONE, Map.of(), histogram),
                none.breakdown(),
                none.batching(),
                none.wire(),
                none.cache());
    }

    private static HeatHistory filled(int seconds) {
        var heat = new HeatHistory(HeatHistory.MAX_BYTES);
        for (var i = 0; i < seconds; i++) {
            heat.at(START + i * 1_000L);
            heat.add(link("a->b", 40));
        }
        return heat;
    }

    @Test
    void aMomentHasAsManyRequestsAsThereWereSinceTheOneBefore() {
        var moments = filled(10).of("a->b", false);
        assertEquals(10, moments.size());
        var last = moments.getLast();
        assertEquals(START + 9_000, last.millis());
        assertEquals(40, last.histogram().count(), 1e-9);
        assertEquals(0, last.histogram().cumulativeCount(1));
        assertEquals(40, last.histogram().cumulativeCount(2), 1e-9);
    }

    @Test
    void aDayIsKeptByTheMinute() {
        var day = filled(181).of("a->b", true);
        assertEquals(3, day.size());
        assertEquals(START + 60_000, day.getFirst().millis());
        assertEquals(2_400, day.getFirst().histogram().count(), 1e-9);
    }

    @Test
    void theQuarterOfAnHourBeforeIsForgotten() {
        var moments = filled(1_300).of("a->b", false);
        assertTrue(moments.size() >= 900 && moments.size() <= 1_110, "" + moments.size());
    }

    @Test
    void otherBoundsBeginAnew() {
        var heat = filled(2);
        heat.at(START + 2_000);
        var one =
                HistogramSnapshot.of(
                        new double[] {1, Double.POSITIVE_INFINITY}, new double[] {5, 5}, 1);
        var base = link("a->b", 5);
        heat.add(
                new LinkMetrics(
                        "a->b",
                        Instant.EPOCH,
                        base.traffic(),
                        new LinkLatency(Latency.NONE, Latency.NONE, Map.of(), one),
                        base.breakdown(),
                        base.batching(),
                        base.wire(),
                        base.cache()));
        var moments = heat.of("a->b", false);
        assertEquals(5, moments.get(1).histogram().buckets());
        assertEquals(2, moments.get(2).histogram().buckets());
        assertEquals(5, moments.get(2).histogram().count(), 1e-9);
    }

    @Test
    void beyondItsBytesTheLinksAskedForKeepTheirs() {
        var heat = new HeatHistory(60_000);
        for (var i = 0; i < 2_000; i++) {
            heat.at(START + i * 1_000L);
            for (var link = 0; link < 20; link++) {
                heat.add(link("l" + link + "->x", 40 + link));
            }
            heat.of("l19->x", false);
        }
        assertTrue(heat.bytes() < 70_000, "" + heat.bytes());
        assertTrue(heat.of("l19->x", false).size() > 800);
    }

    @Test
    void itComesBackAsItWasWritten() {
        var heat = filled(200);
        var again = new HeatHistory(HeatHistory.MAX_BYTES);
        heat.state().forEach((link, tiers) -> again.restore(link, tiers.get(0), tiers.get(1)));
        assertEquals(heat.of("a->b", false), again.of("a->b", false));
        assertEquals(heat.of("a->b", true), again.of("a->b", true));
    }
}
