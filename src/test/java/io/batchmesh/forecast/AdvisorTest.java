package io.batchmesh.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.forecast.Advice.Kind;
import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.StageMetrics;
import io.batchmesh.metrics.Wire;
import io.batchmesh.model.Link;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Advice, held against what a link does when it is taken. */
class AdvisorTest {
    private static final int LINKS = Boolean.getBoolean("stress") ? 1_000 : 100;
    private static final int MOST_STEPS = 5;

    private final Advisor advisor = new Advisor(Costs.USUAL);

    /** What the sidecars would report of it. */
    private static LinkMetrics seen(GeneratedLink link, SimulatedLink ran, BatchWindow window) {
        double seconds = ran.length();
        double rate = ran.requests() / seconds;
        var all = latency(ran.latencies);
        var parts = new EnumMap<SendPart, Latency>(SendPart.class);
        var stages = new EnumMap<Stage, StageMetrics>(Stage.class);
        boolean batched = window.policy() != Policy.OFF;
        double shrinks = window.compression() == null || !batched ? 1 : link.shrinks();
        double raw = ran.sent * 2 * GeneratedLink.BYTES / seconds;
        if (batched) {
            var times = ran.services.stream().mapToDouble(d -> d).toArray();
            parts.put(SendPart.SERVICE, latency(times));
            parts.put(SendPart.PEER, constant(0, times.length));
            parts.put(SendPart.WIRE_OUT, constant(link.delay(), times.length));
            parts.put(SendPart.WIRE_BACK, constant(link.delay(), times.length));
            double wait = ran.waited / ran.sent;
            stages.put(
                    Stage.COLLECT,
                    new StageMetrics(
                            Stage.COLLECT, ran.sent / seconds, constant(wait, times.length)));
        }
        var cache = new HashMap<String, Double>();
        if (window.cache() != null) {
            cache.put("hit", ran.hits / seconds);
            cache.put("coalesced", ran.joined / seconds);
            cache.put("miss", ran.sent / seconds);
        }
        return new LinkMetrics(
                "a->b",
                Instant.EPOCH,
                new LinkTraffic(rate, 0, 0, 0, Map.of(), List.of()),
                new LinkLatency(all, all, Map.of(), HistogramSnapshot.EMPTY),
                new StageBreakdown(stages, parts, Double.NaN),
                batched
                        ? new Batching(
                                ran.sent / seconds,
                                ran.batches / seconds,
                                (double) ran.sent / ran.batches,
                                Map.of(),
                                0)
                        : Batching.NONE,
                batched ? new Wire(raw, raw * shrinks) : Wire.NONE,
                CacheUse.of(cache));
    }

    private static Latency latency(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(values).average().orElse(0);
        int n = sorted.length;
        return new Latency(mean, sorted[n / 2], sorted[n * 19 / 20], sorted[n * 99 / 100], n);
    }

    private static Latency constant(double seconds, int count) {
        return new Latency(seconds, seconds, seconds, seconds, count);
    }

    private List<Advice> advice(GeneratedLink link, SimulatedLink ran, BatchWindow window) {
        var drawn = new Link(GeneratedLink.ID, window, Traffic.NONE, null);
        var topology = link.topology().with(drawn);
        return advisor.of(LinkCase.measured(topology, drawn, seen(link, ran, window)));
    }

    @Test
    void noAdviceThatIsTakenMakesAnythingWorseThanItSays() {
        var given = new EnumMap<Kind, Integer>(Kind.class);
        for (long seed = 1; seed <= LINKS; seed++) {
            var link = GeneratedLink.of(seed);
            var window = link.window();
            var before = new SimulatedLink(link, window).run();
            int steps = 0;
            for (var advice = first(link, before, window); advice != null; ) {
                given.merge(advice.kind(), 1, Integer::sum);
                var after = new SimulatedLink(link, set(advice)).run();
                check(link, advice, before, after);
                window = set(advice);
                before = after;
                assertTrue(++steps <= MOST_STEPS, "advice without end, seed " + seed);
                advice = first(link, before, window);
            }
        }
        for (var kind : Kind.values()) {
            // Without measured repetition nobody is told to begin joining; see below for that.
            if (kind != Kind.KEEP && kind != Kind.UNKNOWN && kind != Kind.COALESCE) {
                assertTrue(given.containsKey(kind), "nobody was told: " + kind + ", only " + given);
            }
        }
    }

    private static BatchWindow set(Advice advice) {
        var window = advice.window();
        if (window == null) {
            throw new AssertionError("nothing to set");
        }
        return window;
    }

    private @org.jspecify.annotations.Nullable Advice first(
            GeneratedLink link, SimulatedLink ran, BatchWindow window) {
        return advice(link, ran, window).stream()
                .filter(a -> a.window() != null)
                .min(Advice.RANK)
                .orElse(null);
    }

    private static void check(
            GeneratedLink link, Advice advice, SimulatedLink before, SimulatedLink after) {
        var from = advice.before();
        var to = advice.after();
        assertTrue(from != null && to != null);
        var told = "seed " + link.seed() + ", " + advice;
        // What the few take that a cache does not answer is known less well.
        double unsure = Math.max(1, Math.sqrt(8_000.0 / after.sent));
        double mean = to.mean() - from.mean();
        worse(told + " mean", before.mean(), after.mean(), mean, 0.03 * unsure, 5e-5);
        double p99 = to.p99() - from.p99();
        worse(told + " p99", before.p99(), after.p99(), p99, 0.05 * unsure, 2e-4);
        worse(
                told + " cores",
                before.cores(),
                after.cores(),
                to.cores() - from.cores(),
                0.02,
                2e-3);
        worse(
                told + " calls",
                before.callsPerSecond(),
                after.callsPerSecond(),
                to.serviceCallsPerSecond() - from.serviceCallsPerSecond(),
                0.06,
                1);
    }

    private static void worse(
            String what, double before, double after, double stated, double share, double least) {
        double most = before + Math.max(0, stated) + Math.max(least, share * before);
        assertTrue(after <= most, what + ": was " + before + ", is " + after + ", said " + stated);
    }
}
