package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotHistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static LinkMetrics link(String name, Instant seenAt, double rate) {
        var none = LinkMetrics.none(name, seenAt);
        return new LinkMetrics(
                name,
                seenAt,
                new LinkTraffic(rate, 0, 0, 0, Map.of(), List.of()),
                none.latency(),
                none.breakdown(),
                none.batching(),
                none.wire(),
                none.cache());
    }

    private static MeshSnapshot snapshot(int second, LinkMetrics... links) {
        var byName = new HashMap<String, LinkMetrics>();
        for (var link : links) {
            byName.put(link.link(), link);
        }
        return new MeshSnapshot(
                START.plusSeconds(second), byName, Map.of(), Map.of(), Map.of(Activity.PROXY, 0.5));
    }

    @Test
    void theOldestSnapshotsAreForgotten() {
        var history = new SnapshotHistory(3, 10, Duration.ofSeconds(5));
        for (var i = 0; i < 5; i++) {
            history.add(snapshot(i, link("a->b", START.plusSeconds(i), i)));
        }
        var series = history.series("a->b", LinkMeasure.REQUESTS);
        assertArrayEquals(new double[] {2, 3, 4}, series.values());
        assertEquals(START.plusSeconds(2).toEpochMilli(), series.millis(0));
        assertEquals(3, history.size());
    }

    @Test
    void valuesThatAreKeptForLongAreAGap() {
        var history = new SnapshotHistory(10, 10, Duration.ofSeconds(1));
        history.add(snapshot(0, link("a->b", START, 7)));
        history.add(snapshot(1, link("a->b", START, 7)));
        history.add(snapshot(2, link("a->b", START, 7)));
        history.add(snapshot(3));
        assertArrayEquals(
                new double[] {7, 7, Double.NaN, Double.NaN},
                history.series("a->b", LinkMeasure.REQUESTS).values());
        assertEquals(7, history.series("a->b", LinkMeasure.REQUESTS).last());
    }

    @Test
    void aLinkThatAppearsLaterHasGapsBefore() {
        var history = new SnapshotHistory();
        history.add(snapshot(0));
        history.add(snapshot(1, link("a->b", START.plusSeconds(1), 4)));
        assertArrayEquals(
                new double[] {Double.NaN, 4},
                history.series("a->b", LinkMeasure.REQUESTS).values());
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN},
                history.series("x->y", LinkMeasure.REQUESTS).values());
        assertArrayEquals(new double[] {0.5, 0.5}, history.cost(Activity.PROXY).values());
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN}, history.cost(Activity.MANAGE).values());
    }

    @Test
    void aSnapshotThatIsNotYoungerIsIgnored() {
        var history = new SnapshotHistory();
        history.add(snapshot(1));
        history.add(snapshot(1));
        history.add(snapshot(0));
        assertEquals(1, history.size());
    }

    @Test
    void beyondItsBoundTheLinksAskedForKeepTheirHistory() {
        var history = new SnapshotHistory(10, 1, Duration.ofSeconds(5));
        for (var i = 0; i < 4; i++) {
            var at = START.plusSeconds(i);
            history.add(snapshot(i, link("a->b", at, i), link("c->d", at, 10 + i)));
            history.series("c->d", LinkMeasure.REQUESTS);
        }
        assertArrayEquals(
                new double[] {10, 11, 12, 13},
                skipGaps(history, "c->d"),
                "asked for from the start");
    }

    private static double[] skipGaps(SnapshotHistory history, String link) {
        var values = history.series(link, LinkMeasure.REQUESTS).values();
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    @Test
    void marksAreBounded() {
        var history = new SnapshotHistory();
        for (var i = 0; i < 1000; i++) {
            history.mark(new Mark(START.plusSeconds(i), "push " + i));
        }
        assertEquals(200, history.marks().size());
        assertEquals("push 999", history.marks().getLast().label());
    }

    @Test
    void whatWasReadDoesNotChangeLater() {
        var history = new SnapshotHistory(1, 1, Duration.ofSeconds(5));
        history.add(snapshot(0, link("a->b", START, 1)));
        var before = history.series("a->b", LinkMeasure.REQUESTS);
        history.add(snapshot(1, link("a->b", START.plusSeconds(1), 2)));
        assertArrayEquals(new double[] {1}, before.values());
    }

    @Test
    void mapsOfASnapshotCannotBeChanged() {
        var snapshot = snapshot(0, link("a->b", START, 1));
        assertThrows(UnsupportedOperationException.class, () -> snapshot.links().clear());
        assertThrows(UnsupportedOperationException.class, () -> snapshot.cost().clear());
    }

    @Test
    void everyMeasureReadsItsOwnNumber() {
        var stages = new HashMap<Stage, StageMetrics>();
        stages.put(Stage.SEND, new StageMetrics(Stage.SEND, 9, new Latency(0.1, 0.2, 0.3, 0.4, 5)));
        var batched = new Latency(0.25, 0, 0, 0, 5);
        var base = LinkMetrics.none("a->b", START);
        var link =
                new LinkMetrics(
                        "a->b",
                        START,
                        base.traffic(),
                        base.latency(),
                        StageBreakdown.of(stages, Map.of(), batched),
                        new Batching(1, 2, 3, Map.of(FlushReason.IDLE, 6.0), 4),
                        base.wire(),
                        CacheUse.of(Map.of("hit", 1.0, "miss", 3.0, "bypass", 100.0)));
        assertEquals(0.4, LinkMeasure.of(Stage.SEND, StageValue.P99).of(link));
        assertEquals(9, LinkMeasure.of(Stage.SEND, StageValue.ITEMS).of(link));
        assertEquals(Double.NaN, LinkMeasure.of(Stage.COLLECT, StageValue.MEAN).of(link));
        assertEquals(6, LinkMeasure.of(FlushReason.IDLE).of(link));
        assertEquals(0.25, LinkMeasure.HIT_SHARE.of(link));
        assertEquals(0.15, LinkMeasure.UNEXPLAINED.of(link), 1e-12);
    }
}
