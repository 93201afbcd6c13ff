package io.batchmesh.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.model.ProxyId;
import io.batchmesh.target.HistoryLine;
import io.batchmesh.target.RunningConfig;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ProxyId A = new ProxyId("a-1");
    private static final ProxyId B = new ProxyId("b-1");

    private static HistoryLine line(int second, String push, String author, String state) {
        return new HistoryLine(
                new ConfigVersion("%064x".formatted(second)),
                NOON.plusSeconds(second),
                new RunningConfig.Stamp(
                        push.isEmpty() ? null : push,
                        author.isEmpty() ? null : author,
                        null,
                        state));
    }

    private static PushRecord ours(long number, String unique, ProxyPush.State... states) {
        var proxies = new java.util.ArrayList<ProxyPush>();
        for (int i = 0; i < states.length; i++) {
            var proxy = new ProxyId(i == 0 ? "a-1" : "b-1");
            proxies.add(new ProxyPush(proxy, states[i], null, null, "", List.of()));
        }
        return new PushRecord(
                new PushId(number, unique), NOON.plusSeconds(5), "ann", "t", null, proxies, true);
    }

    private static List<Change> of(
            List<PushRecord> records, List<HistoryLine> ofA, List<HistoryLine> ofB) {
        var histories = new LinkedHashMap<ProxyId, List<HistoryLine>>();
        histories.put(A, ofA);
        histories.put(B, ofB);
        return Changes.of(records, "t", histories);
    }

    @Test
    void aPushOfOursThatReachedTwoProxiesIsOneChangeWithItsResult() {
        var record = ours(7, "xy", ProxyPush.State.ACKED, ProxyPush.State.ACKED);
        var changes =
                of(
                        List.of(record),
                        List.of(line(6, "push-7-xy", "ann", "confirmed")),
                        List.of(line(7, "push-7-xy", "ann", "confirmed")));
        assertEquals(
                List.of(
                        new Change(
                                NOON.plusSeconds(6),
                                Change.Kind.PUSH,
                                "push-7",
                                "ann",
                                List.of(A, B),
                                "2 acked")),
                changes);
    }

    @Test
    void somebodyElsesPushOfTheSameNumberIsForeignAndOneWithoutANameToo() {
        var record = ours(7, "xy", ProxyPush.State.ACKED);
        var changes =
                of(
                        List.of(record),
                        List.of(
                                line(30, "", "curl", "confirmed"),
                                line(20, "push-7-zz", "bo", "confirmed"),
                                line(6, "push-7-xy", "ann", "confirmed")),
                        List.of(line(21, "push-7-zz", "bo", "confirmed")));
        assertEquals(
                List.of(Change.Kind.FOREIGN, Change.Kind.FOREIGN, Change.Kind.PUSH),
                changes.stream().map(Change::kind).toList());
        assertEquals(List.of("curl", "bo", "ann"), changes.stream().map(Change::who).toList());
        assertEquals(List.of(A, B), changes.get(1).proxies());
    }

    @Test
    void whatWasNotConfirmedInTimeWentBack() {
        var changes =
                of(
                        List.of(),
                        List.of(line(20, "push-9-q", "bo", "reverted")),
                        List.of(line(20, "push-9-q", "bo", "pending")));
        assertEquals(2, changes.size());
        assertTrue(
                changes.stream()
                        .anyMatch(c ->
                                c.kind() == Change.Kind.REVERTED
                                        && c.words().startsWith("1 of 2 went back")),
                changes.toString());
        assertTrue(
                changes.stream().anyMatch(c -> c.words().contains("1 not confirmed yet")),
                changes.toString());
    }

    @Test
    void whatProxiesBeganWithIsNobodysWriteAndALaterOneWithoutANameIs() {
        var changes =
                of(
                        List.of(),
                        List.of(line(50, "", "", "confirmed"), line(1, "", "", "confirmed")),
                        List.of(line(2, "", "", "confirmed")));
        assertEquals(
                List.of(Change.Kind.FOREIGN, Change.Kind.START),
                changes.stream().map(Change::kind).toList());
        assertEquals(List.of(A, B), changes.get(1).proxies());
    }

    @Test
    void aPushThatNoProxyTellsOfIsToldByTheRecordAndOthersTargetsAreNot() {
        var lost = ours(8, "u", ProxyPush.State.UNREACHABLE, ProxyPush.State.REJECTED);
        var elsewhere =
                new PushRecord(
                        new PushId(9, "v"), NOON, "ann", "other", null, lost.proxies(), true);
        var changes = Changes.of(List.of(lost, elsewhere), "t", Map.of());
        assertEquals(1, changes.size());
        assertEquals("1 rejected, 1 unreachable", changes.getFirst().words());
    }

    @Test
    void thereIsABound() {
        var lines = new java.util.ArrayList<HistoryLine>();
        for (int i = Changes.MOST + 10; i > 0; i--) {
            lines.add(line(i, "push-" + i + "-x", "bo", "confirmed"));
        }
        var changes = of(List.of(), lines, List.of());
        assertEquals(Changes.MOST, changes.size());
        assertEquals("push-" + (Changes.MOST + 10) + "-x", changes.getFirst().push());
    }
}
