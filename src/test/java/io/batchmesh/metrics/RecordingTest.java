package io.batchmesh.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static MeshSnapshot snapshot(int second) {
        var at = START.plusSeconds(second);
        var none = LinkMetrics.none("a->b", at);
        var link =
                new LinkMetrics(
                        "a->b",
                        at,
                        new LinkTraffic(second, 0, 0, 0, Map.of(), List.of()),
                        none.latency(),
                        none.breakdown(),
                        none.batching(),
                        none.wire(),
                        none.cache());
        var service = new ServiceMetrics("b", at, 2.0 * second, 0.25, Latency.NONE, 1);
        var proxy =
                new ProxyMetrics(
                        "b-1",
                        "b",
                        ProxyState.LIVE,
                        at,
                        null,
                        null,
                        null,
                        Map.of(Activity.PROXY, 0.5));
        return new MeshSnapshot(
                at,
                Map.of("a->b", link),
                Map.of("b", service),
                Map.of("b-1", proxy),
                Map.of(Activity.MONITOR, 0.125));
    }

    private static SnapshotHistory history(int seconds) {
        var history = new SnapshotHistory();
        for (var i = 0; i < seconds; i++) {
            history.add(snapshot(i));
        }
        history.mark(new Mark(START.plusMillis(1_500), "push ü"));
        return history;
    }

    private static byte[] saved(SnapshotHistory history) {
        var out = new ByteArrayOutputStream();
        try {
            Recording.save(history, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static String refusal(byte[] file) {
        return assertInstanceOf(Recording.Result.Refused.class, Recording.open(file)).reason();
    }

    @Test
    void aDayIsKeptAsMeansOfTenSeconds() {
        var history = history(1_500);
        assertEquals(900, history.series("a->b", LinkMeasure.REQUESTS).size());
        var day = history.day("a->b", LinkMeasure.REQUESTS);
        assertEquals(149, day.size());
        assertEquals(START.plusSeconds(10).toEpochMilli(), day.millis(0));
        assertEquals(4.5, day.value(0));
        assertEquals(1_484.5, day.value(148), 1_484.5 * 0.004);
        assertEquals(9, history.serviceDay("b", ServiceMeasure.REQUESTS).value(0));
        assertEquals(0.25, history.service("b", ServiceMeasure.ERROR_SHARE).last());
        assertEquals(0.5, history.proxyDay("b-1", Activity.PROXY).last());
        assertEquals(0.5, history.proxy("b-1", Activity.PROXY).last());
        var items = LinkMeasure.of(Stage.SEND, StageValue.ITEMS);
        assertFalse(items.daily());
        assertTrue(LinkMeasure.of(Stage.SEND, StageValue.P99).daily());
        assertEquals(Double.NaN, history.day("a->b", items).last());
        assertEquals(0.125, history.costDay(Activity.MONITOR).last());
    }

    @Test
    void theRecentNumbersAreCloserStill() {
        var history = history(1_500);
        var series = history.series("a->b", LinkMeasure.REQUESTS);
        for (var i = 0; i < series.size(); i++) {
            assertEquals(600 + i, series.value(i), (600 + i) * 0.0005);
        }
    }

    @Test
    void whatIsSavedIsOpenedAgain() {
        var history = history(1_500);
        var opened =
                assertInstanceOf(Recording.Result.Opened.class, Recording.open(saved(history)))
                        .history();
        for (var measure : List.of(LinkMeasure.REQUESTS, LinkMeasure.P99)) {
            var expected = history.series("a->b", measure);
            assertArrayEquals(expected.values(), opened.series("a->b", measure).values());
            assertArrayEquals(expected.times(), opened.series("a->b", measure).times());
            assertArrayEquals(
                    history.day("a->b", measure).values(), opened.day("a->b", measure).values());
        }
        assertArrayEquals(
                history.proxy("b-1", Activity.PROXY).values(),
                opened.proxy("b-1", Activity.PROXY).values());
        assertEquals(history.marks(), opened.marks());
        assertArrayEquals(saved(history), saved(opened));
    }

    @Test
    void anEmptyHistoryCanBeSavedToo() {
        var empty = new SnapshotHistory();
        assertInstanceOf(Recording.Result.Opened.class, Recording.open(saved(empty)));
    }

    @Test
    void aRecordingThatIsDamagedOrCutShortIsRefused() {
        var file = saved(history(300));
        var random = new SplittableRandom(3);
        for (var i = 0; i < 300; i++) {
            var damaged = file.clone();
            damaged[random.nextInt(12, file.length)] ^= (byte) (1 << random.nextInt(8));
            assertTrue(refusal(damaged).contains("damaged"), refusal(damaged));
            var cut = Arrays.copyOf(file, random.nextInt(12, file.length));
            assertTrue(refusal(cut).contains("cut short"), refusal(cut));
        }
    }

    @Test
    void anotherFileAndAnotherVersionAreToldByName() {
        assertEquals("this is no recording of Batchmesh", refusal(new byte[0]));
        assertEquals("this is no recording of Batchmesh", refusal(new byte[100]));
        var file = saved(history(10));
        file[11] = 9;
        assertEquals("the recording has format 9; this version opens up to 2", refusal(file));
    }
}
