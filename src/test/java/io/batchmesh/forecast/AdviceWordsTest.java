package io.batchmesh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.forecast.Advice.Kind;
import io.batchmesh.model.LinkId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of single links. */
class AdviceWordsTest {
    private static final BatchWindow FIXED = BatchWindow.DEFAULT.withPolicy(Policy.FIXED);
    private static final double NOT_KNOWN = Double.NaN;

    private final Advisor advisor = new Advisor(Costs.USUAL);

    private static Workload load(double rate, double delay) {
        return new Workload(
                rate,
                400,
                400,
                1,
                0,
                new Workload.Wire(delay, Double.POSITIVE_INFINITY),
                new Workload.Service(0.005, 0.02, 0, false));
    }

    private static LinkCase link(BatchWindow window, @Nullable Workload load, double requests) {
        return link(window, load, requests, NOT_KNOWN, false);
    }

    private static LinkCase link(
            BatchWindow window,
            @Nullable Workload load,
            double requests,
            double again,
            boolean h2) {
        var known = new LinkCase.Known(requests, requests, NOT_KNOWN, again, NOT_KNOWN);
        var ends = new LinkCase.Ends(true, true, h2, NOT_KNOWN);
        return new LinkCase(LinkId.of("a", "b"), window, load, known, ends);
    }

    private Advice only(LinkCase link) {
        var all = advisor.of(link);
        assertEquals(1, all.size(), all.toString());
        return all.getFirst();
    }

    @Test
    void aLoneCallersWindowLosesAndAutoIsOneEditAway() {
        var advice = only(link(FIXED, load(4, 0), 1_000));
        assertEquals(Kind.LOSES, advice.kind());
        assertEquals("auto instead of a window of 5 ms", advice.title());
        assertEquals(
                "At 4/s a batch holds 1.02 requests and each waits 4.95 ms; auto waits 0 ms and"
                        + " costs as little.",
                advice.why());
        assertEquals(FIXED.withPolicy(Policy.AUTO), advice.window());
    }

    @Test
    void overALongWayHttp2DoesWhatAWindowThatSavesNothingDoes() {
        var advice = only(link(FIXED, load(60, 0.02), 1_000, NOT_KNOWN, true));
        assertEquals(Kind.HTTP2, advice.kind());
        assertEquals(FIXED.withPolicy(Policy.OFF), advice.window());
        var plain = only(link(FIXED.withPolicy(Policy.OFF), load(1_000, 0.02), 1_000));
        assertEquals(Kind.HTTP2, plain.kind());
        assertNull(plain.window(), "the service does not speak it");
    }

    @Test
    void aTargetBelowTheTailOfTheServiceIsOutOfReach() {
        var window = FIXED.withPolicy(Policy.TARGET_P99).withTargetP99(Duration.ofMillis(10));
        var advice = only(link(window, load(5_000, 0), 1_000));
        assertEquals(Kind.OUT_OF_REACH, advice.kind());
        assertTrue(advice.why().contains("the p99 is 20 ms, the target 10 ms"), advice.why());
        assertEquals(Policy.AUTO, assertNotNullWindow(advice).policy());
    }

    private static BatchWindow assertNotNullWindow(Advice advice) {
        var window = advice.window();
        assertNotNull(window);
        return window;
    }

    @Test
    void whatManyAskForAtATimeIsAskedOnce() {
        var auto = BatchWindow.DEFAULT;
        var advice = only(link(auto, load(500, 0), 1_000, 50, false));
        assertEquals(Kind.COALESCE, advice.kind());
        var cache = assertNotNullWindow(advice).cache();
        assertTrue(cache != null && cache.ttl().isZero());
    }

    @Test
    void whereTooLittleIsMeasuredItSaysThat() {
        assertEquals(Kind.UNKNOWN, only(link(FIXED, null, 0)).kind());
        assertEquals(
                "Only 7 requests are seen: too few to say.",
                only(link(FIXED, load(4, 0), 7)).why());
    }

    @Test
    void nothingIsSoldWhereNothingIsGained() {
        var advice = only(link(BatchWindow.DEFAULT, load(300, 0), 1_000));
        assertEquals(Kind.KEEP, advice.kind());
        assertNull(advice.window());
        assertTrue(advice.why().contains("a window of 2 ms would save 0.001 cores"), advice.why());
    }

    @Test
    void whatIsWorthMostComesFirstAndSilenceLast() {
        var all =
                advisor.advise(
                        List.of(
                                link(FIXED, null, 0),
                                link(BatchWindow.DEFAULT, load(300, 0), 1_000),
                                link(FIXED, load(4, 0), 1_000),
                                link(FIXED, load(60, 0), 1_000)));
        var kinds = all.stream().map(Advice::kind).toList();
        assertEquals(List.of(Kind.LOSES, Kind.LOSES, Kind.KEEP, Kind.UNKNOWN), kinds);
        assertTrue(all.get(0).worth() > all.get(1).worth());
    }
}
