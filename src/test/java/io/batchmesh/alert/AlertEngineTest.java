package io.batchmesh.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.alert.Alert.Phase;
import io.batchmesh.alert.AlertEvent.Kind;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertEngineTest {
    private static final AlertTarget AB = new AlertTarget(AlertTarget.Kind.LINK, "a->b");
    private final AlertEngine engine = new AlertEngine();

    private static Topology drawn(AlertRule... rules) {
        var links = List.of(new Link(LinkId.of("a", "b"), null, Traffic.NONE, null));
        return Topology.of("t", List.of(), links).withAlerts(List.of(rules));
    }

    private static AlertRule slow(AlertTarget target, Duration holding) {
        return new AlertRule(
                "slow",
                target,
                new AlertCondition.Threshold(AlertMeasure.P99, null, true, 0.25),
                holding,
                AlertRule.Urgency.PAGE);
    }

    private List<Kind> look(Topology drawn, long second, double p99) {
        return engine.look(drawn, Seen.link(second, 100, 0, p99)).stream()
                .map(AlertEvent::kind)
                .toList();
    }

    private Alert only() {
        assertEquals(1, engine.alerts().size(), engine.alerts().toString());
        return engine.alerts().getFirst();
    }

    @Test
    void aRulePendsUntilItHasHeldLongEnoughThenFiresThenIsResolved() {
        var drawn = drawn(slow(AB, Duration.ofSeconds(3)));
        assertEquals(List.of(), look(drawn, 0, 0.2));
        assertEquals(Phase.QUIET, only().phase());
        assertEquals(List.of(), look(drawn, 1, 0.3));
        assertEquals(Phase.PENDING, only().phase());
        assertEquals(List.of(), look(drawn, 3, 0.3));
        assertEquals(List.of(Kind.FIRING), look(drawn, 4, 0.4));
        assertEquals(Phase.FIRING, only().phase());
        assertEquals(Seen.at(4), only().since());
        assertEquals(0.4, only().fact().value());
        assertEquals(List.of(), look(drawn, 5, 0.3));
        assertEquals(List.of(Kind.RESOLVED), look(drawn, 6, 0.25), "the limit itself is fine");
        assertEquals(Phase.QUIET, only().phase());
    }

    @Test
    void oneGoodReadingBeginsTheWaitAnew() {
        var drawn = drawn(slow(AB, Duration.ofSeconds(3)));
        look(drawn, 1, 0.3);
        look(drawn, 3, 0.1);
        look(drawn, 4, 0.3);
        assertEquals(List.of(), look(drawn, 6, 0.3));
        assertEquals(List.of(Kind.FIRING), look(drawn, 7, 0.3));
    }

    @Test
    void silenceIsNoDataAndNeverFine() {
        var drawn = drawn(slow(AB, Duration.ZERO));
        assertEquals(List.of(Kind.FIRING), look(drawn, 1, 0.3));
        for (int s = 2; s <= 16; s++) {
            assertEquals(List.of(), engine.look(drawn, Seen.nothing(s)), "second " + s);
            assertEquals(Phase.FIRING, only().phase(), "a short gap says nothing, second " + s);
        }
        var events = engine.look(drawn, Seen.nothing(17));
        assertEquals(Kind.SILENT, events.getFirst().kind());
        assertEquals(Phase.NO_DATA, only().phase());
        assertEquals(1, engine.calledAt(Seen.at(17)).size(), "it still calls");
        assertEquals(List.of(), look(drawn, 18, 0.3), "it goes on firing without a new call");
        assertEquals(Phase.FIRING, only().phase());
        assertEquals(List.of(Kind.RESOLVED), look(drawn, 19, 0.1));
    }

    @Test
    void numbersThatAreOldAreNoData() {
        var drawn = drawn(slow(AB, Duration.ZERO));
        look(drawn, 0, 0.3);
        for (int s = 1; s <= 40; s++) {
            engine.look(drawn, Seen.links(s, Seen.link("a->b", Seen.at(0), 100, 0, 0.3)));
        }
        assertEquals(Phase.NO_DATA, only().phase());
    }

    @Test
    void aNamedThingThatWasNeverSeenHasNoDataAndOneOfEachIsNotThereYet() {
        engine.look(drawn(slow(AB, Duration.ZERO)), Seen.nothing(1));
        assertEquals(Phase.NO_DATA, only().phase());
        var each = new AlertEngine();
        var drawn = drawn(slow(AlertTarget.each(AlertTarget.Kind.LINK), Duration.ZERO));
        each.look(drawn, Seen.nothing(1));
        assertEquals(List.of(), each.alerts());
        each.look(drawn, Seen.link(2, 100, 0, 0.1));
        assertEquals(1, each.alerts().size());
    }

    @Test
    void aRuleThatIsChangedOrSwitchedOffCallsNoMore() {
        var rule = slow(AB, Duration.ZERO);
        look(drawn(rule), 1, 0.3);
        var events = engine.look(drawn(rule.withEnabled(false)), Seen.link(2, 100, 0, 0.3));
        assertEquals(Kind.DROPPED, events.getFirst().kind());
        assertEquals(List.of(), engine.alerts());
        assertEquals(List.of(), engine.calledAt(Seen.at(3)));
        assertEquals(1, engine.calledAt(Seen.at(1)).size(), "what fired then is still told");
    }

    @Test
    void aServiceIsWatchedAsAllWhoCallItSeeIt() {
        var share =
                new AlertRule(
                        "errors",
                        new AlertTarget(AlertTarget.Kind.SERVICE, "b"),
                        new AlertCondition.Threshold(AlertMeasure.ERROR_SHARE, null, true, 0.05),
                        Duration.ZERO,
                        AlertRule.Urgency.PAGE);
        var one = Seen.link("a->b", Seen.at(1), 90, 0, 0.1);
        var two = Seen.link("c->b", Seen.at(1), 10, 6, 0.1);
        engine.look(drawn(share), Seen.links(1, one, two));
        assertEquals(0.06, only().fact().value(), 1e-12);
        assertEquals(Phase.FIRING, only().phase());
    }

    @Test
    void aProxyThatDoesNotAnswerIsDownAndOneNeverSeenIsUnknown() {
        var down =
                new AlertRule(
                        "down",
                        AlertTarget.each(AlertTarget.Kind.PROXY),
                        new AlertCondition.Threshold(AlertMeasure.DOWN, null, true, 0),
                        Duration.ZERO,
                        AlertRule.Urgency.PAGE);
        engine.look(drawn(down), Seen.proxy(1, ProxyState.STALE, null));
        assertEquals(List.of(), engine.alerts());
        engine.look(drawn(down), Seen.proxy(2, ProxyState.LIVE, Duration.ZERO));
        assertEquals(Phase.QUIET, only().phase());
        engine.look(drawn(down), Seen.proxy(3, ProxyState.UNREACHABLE, Duration.ofSeconds(1)));
        assertEquals(Phase.FIRING, only().phase());
    }

    private static Topology objective(double success) {
        return drawn(
                new AlertRule(
                        "budget",
                        AB,
                        new AlertCondition.BurnRate(success),
                        Duration.ZERO,
                        AlertRule.Urgency.PAGE));
    }

    /** Feeds so many seconds at a time step, and says when it fired first, or -1. */
    private long feed(Topology drawn, long from, long to, double share) {
        long fired = -1;
        for (long s = from; s < to; s++) {
            var events = engine.look(drawn, Seen.link(s, 200, 200 * share, 0.1));
            if (fired < 0 && events.stream().anyMatch(e -> e.kind() == Kind.FIRING)) {
                fired = s;
            }
        }
        return fired;
    }

    @Test
    void aBudgetThatBurnsFastFiresOnceTheHourSaysSoToo() {
        var drawn = objective(99.9);
        int quiet = 6 * 3600;
        assertEquals(-1, feed(drawn, 0, quiet, 0), "six hours without errors");
        // At 10 % errors the hour's share passes 1.44 % after 0.144 h, that is 518 s.
        long fired = feed(drawn, quiet, quiet + 900, 0.10) - quiet;
        assertTrue(Math.abs(fired - 518) <= 30, "fired after " + fired + " s");
        assertEquals(BurnWindows.FAST, only().fact().burn());
        // Once errors end, the five minutes say so soon, though the hour does not.
        for (long s = quiet + 900; s < quiet + 1300; s++) {
            engine.look(drawn, Seen.link(s, 200, 0, 0.1));
        }
        assertEquals(Phase.QUIET, only().phase());
    }

    @Test
    void aBudgetThatBurnsSteadilyFiresByTheLongerWindows() {
        var drawn = objective(99.9);
        // 0.8 % is 8 times the budget: less than 14.4, more than 6.
        long fired = feed(drawn, 0, 3600, 0.008);
        assertTrue(fired >= 880 && fired <= 930, "known enough after 15 min; fired at " + fired);
        assertEquals(BurnWindows.STEADY, only().fact().burn());
        assertEquals(8, only().fact().value(), 0.01);
    }

    @Test
    void aBudgetThatBurnsAsItMayIsQuietAndWithoutRequestsNothingIsKnown() {
        var drawn = objective(99.9);
        assertEquals(-1, feed(drawn, 0, 3600, 0.001));
        assertEquals(Phase.QUIET, only().phase());
        var idle = new AlertEngine();
        for (int s = 0; s < 400; s++) {
            idle.look(drawn, Seen.link(s, 0, 0, Double.NaN));
        }
        assertEquals(Phase.NO_DATA, idle.alerts().getFirst().phase());
    }

    @Test
    void aFirstErrorAfterTheStartCallsNobody() {
        var drawn = objective(99.9);
        engine.look(drawn, Seen.link(0, 10, 0, 0.1));
        for (int s = 1; s < 100; s++) {
            engine.look(drawn, Seen.link(s, 10, 10, 0.1));
        }
        assertEquals(Phase.NO_DATA, only().phase(), "two and a half minutes must be known");
    }

    @Test
    void thereIsABoundAndItIsSaid() {
        var rules = new AlertRule[AlertEngine.MOST_ALERTS + 1];
        for (int i = 0; i < rules.length; i++) {
            rules[i] =
                    new AlertRule(
                            "r" + i,
                            AB,
                            new AlertCondition.Threshold(AlertMeasure.P99, null, true, 1),
                            Duration.ZERO,
                            AlertRule.Urgency.TICKET);
        }
        assertFalse(engine.isFull());
        look(drawn(rules), 1, 0.1);
        assertEquals(AlertEngine.MOST_ALERTS, engine.alerts().size());
        assertTrue(engine.isFull());
    }

    @Test
    void theSameSnapshotTwiceChangesNothing() {
        var drawn = drawn(slow(AB, Duration.ZERO));
        assertEquals(List.of(Kind.FIRING), look(drawn, 1, 0.3));
        assertEquals(List.of(), look(drawn, 1, 0.1));
        assertEquals(Phase.FIRING, only().phase());
    }
}
