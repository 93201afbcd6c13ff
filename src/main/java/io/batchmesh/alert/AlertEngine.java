package io.batchmesh.alert;

import io.batchmesh.alert.Alert.Phase;
import io.batchmesh.alert.AlertEvent.Kind;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.AlertCondition.BurnRate;
import io.batchmesh.model.AlertCondition.Threshold;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rules of a drawing against one snapshot after the other. The snapshots' own time is the
 * time, so the same snapshots always give the same alerts. Bounded in alerts, in budgets that are
 * followed and in events that are remembered. One thread.
 *
 * <p>A rule that holds is pending until it has held as long as it says, then it fires, until it
 * does not hold. Where nothing is known any more for fifteen seconds, or three intervals between
 * snapshots where those are longer, it has no data, whatever it was before: it does not end by
 * silence. A rule on each thing of a kind begins with what was seen of the thing once; one that
 * names its thing has no data until then.
 */
public final class AlertEngine {
    /** Rules times things that are followed; what is beyond is left out, and said. */
    public static final int MOST_ALERTS = 10_000;

    private static final int MOST_BUDGETS = 2_000;
    private static final int MOST_EVENTS = 1_000;
    private static final Duration STALE_AFTER = Duration.ofSeconds(15);
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
    private static final double KNOWN_ENOUGH = 0.5;
    private static final Comparator<Alert> ORDER =
            Comparator.comparing(Alert::phase)
                    .thenComparing(Alert::urgency)
                    .thenComparing(Alert::since)
                    .thenComparing(a -> a.rule().name())
                    .thenComparing(Alert::subject);

    private final Map<Key, Course> courses = new LinkedHashMap<>();
    private final Map<AlertTarget, BurnMeter> budgets = new HashMap<>();
    private final ArrayDeque<AlertEvent> events = new ArrayDeque<>();
    private List<Alert> alerts = List.of();
    private @Nullable Instant last;
    private boolean full;

    private record Key(AlertRule rule, String subject) {}

    /** The course of a rule on one thing. */
    private static final class Course {
        private Phase phase = Phase.NO_DATA;
        private Instant since;
        private Fact fact = Fact.UNKNOWN;
        private @Nullable Instant heldSince;
        private @Nullable Instant known;
        private boolean called;

        private Course(Instant since) {
            this.since = since;
        }

        private void turn(Phase to, Instant now) {
            if (phase != to) {
                phase = to;
                since = now;
            }
        }
    }

    /**
     * Looks at the next snapshot.
     *
     * @return what happened by it
     */
    public List<AlertEvent> look(Topology drawn, MeshSnapshot seen) {
        var now = seen.at();
        var before = last;
        if (before != null && !now.isAfter(before)) {
            return List.of();
        }
        last = now;
        var step = before == null ? Duration.ZERO : Duration.between(before, now);
        var thrice = step.multipliedBy(3);
        var staleAfter = thrice.compareTo(STALE_AFTER) > 0 ? thrice : STALE_AFTER;
        var facts = new Facts(seen, staleAfter);
        var happened = new ArrayList<AlertEvent>();
        var wanted = wanted(drawn, seen);
        follow(wanted, facts, now, step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step);
        drop(wanted, now, happened);
        for (var key : wanted.keySet()) {
            var fact = fact(key, facts);
            var course = courses.get(key);
            if (course == null) {
                if (key.rule().target().isEach() && !fact.known()) {
                    continue;
                }
                course = new Course(now);
                courses.put(key, course);
            }
            step(key, course, fact, now, staleAfter, happened);
        }
        happened.forEach(this::remember);
        alerts = courses.entrySet().stream().map(AlertEngine::alert).sorted(ORDER).toList();
        return List.copyOf(happened);
    }

    private Map<Key, Boolean> wanted(Topology drawn, MeshSnapshot seen) {
        var wanted = new LinkedHashMap<Key, Boolean>();
        full = false;
        for (var rule : drawn.alerts()) {
            if (!rule.enabled()) {
                continue;
            }
            for (var subject : subjects(rule.target(), drawn, seen)) {
                if (wanted.size() >= MOST_ALERTS) {
                    full = true;
                    return wanted;
                }
                wanted.put(new Key(rule, subject), true);
            }
        }
        return wanted;
    }

    private static Iterable<String> subjects(
            AlertTarget target, Topology drawn, MeshSnapshot seen) {
        if (!target.isEach()) {
            return List.of(target.name());
        }
        return switch (target.kind()) {
            case LINK -> drawn.links().keySet().stream().map(Object::toString).toList();
            case SERVICE -> {
                var called = new TreeSet<String>();
                drawn.links().keySet().forEach(l -> called.add(l.to().name()));
                yield called;
            }
            case PROXY -> seen.proxies().keySet();
        };
    }

    /** Goes on counting what failed of the things that have an objective. */
    private void follow(Map<Key, Boolean> wanted, Facts facts, Instant now, Duration step) {
        var followed = new HashMap<AlertTarget, Boolean>();
        for (var key : wanted.keySet()) {
            var kind = key.rule().target().kind();
            var thing = new AlertTarget(kind, key.subject());
            if (!(key.rule().condition() instanceof BurnRate)
                    || kind == AlertTarget.Kind.PROXY
                    || followed.size() >= MOST_BUDGETS
                    || followed.put(thing, true) != null) {
                continue;
            }
            var traffic = facts.traffic(kind == AlertTarget.Kind.LINK, key.subject());
            budgets.computeIfAbsent(thing, k -> new BurnMeter())
                    .add(now, step, traffic[0], traffic[1]);
        }
        budgets.keySet().retainAll(followed.keySet());
    }

    private void drop(Map<Key, Boolean> wanted, Instant now, List<AlertEvent> happened) {
        for (var all = courses.entrySet().iterator(); all.hasNext(); ) {
            var entry = all.next();
            if (!wanted.containsKey(entry.getKey())) {
                all.remove();
                if (entry.getValue().called) {
                    happened.add(new AlertEvent(now, Kind.DROPPED, alert(entry)));
                }
            }
        }
    }

    private Fact fact(Key key, Facts facts) {
        var target = key.rule().target();
        return switch (key.rule().condition()) {
            case Threshold t -> {
                double value =
                        switch (target.kind()) {
                            case LINK -> facts.link(key.subject(), t);
                            case SERVICE -> facts.service(key.subject(), t);
                            case PROXY -> facts.proxy(key.subject(), t);
                        };
                boolean holds = t.above() ? value > t.limit() : value < t.limit();
                yield new Fact(value, holds, BurnWindows.NONE);
            }
            case BurnRate objective ->
                    burn(objective, budgets.get(new AlertTarget(target.kind(), key.subject())));
        };
    }

    /** The windows over which the budget burns fastest in relation to what they allow. */
    private static Fact burn(BurnRate objective, @Nullable BurnMeter meter) {
        var worst = Fact.UNKNOWN;
        for (var windows : BurnWindows.HERE) {
            if (meter == null || meter.known(windows.and()) < KNOWN_ENOUGH) {
                continue;
            }
            // Both must burn too fast, so the slower one decides.
            double rate =
                    Math.min(meter.share(windows.over()), meter.share(windows.and()))
                            / objective.budget();
            var fact = new Fact(rate, rate > windows.factor(), windows);
            if (!worst.known() || (fact.holds() && !worst.holds())) {
                worst = fact;
            }
        }
        return worst;
    }

    private static void step(
            Key key,
            Course course,
            Fact fact,
            Instant now,
            Duration staleAfter,
            List<AlertEvent> happened) {
        if (!fact.known()) {
            silent(key, course, now, staleAfter, happened);
            return;
        }
        course.known = now;
        course.fact = fact;
        if (!fact.holds()) {
            course.heldSince = null;
            course.turn(Phase.QUIET, now);
            if (course.called) {
                course.called = false;
                happened.add(new AlertEvent(now, Kind.RESOLVED, alert(key, course)));
            }
            return;
        }
        var held = course.heldSince == null ? now : course.heldSince;
        course.heldSince = held;
        boolean fires =
                course.called || Duration.between(held, now).compareTo(key.rule().holding()) >= 0;
        course.turn(fires ? Phase.FIRING : Phase.PENDING, now);
        if (fires && !course.called) {
            course.called = true;
            happened.add(new AlertEvent(now, Kind.FIRING, alert(key, course)));
        }
    }

    private static void silent(
            Key key, Course course, Instant now, Duration staleAfter, List<AlertEvent> happened) {
        var known = course.known;
        if (known != null && Duration.between(known, now).compareTo(staleAfter) <= 0) {
            // A gap that short says nothing.
            return;
        }
        boolean fired = course.phase == Phase.FIRING;
        course.heldSince = course.called ? course.heldSince : null;
        course.fact = Fact.UNKNOWN;
        course.turn(Phase.NO_DATA, now);
        if (fired) {
            happened.add(new AlertEvent(now, Kind.SILENT, alert(key, course)));
        }
    }

    private void remember(AlertEvent event) {
        events.addLast(event);
        if (events.size() > MOST_EVENTS) {
            events.removeFirst();
        }
    }

    private static Alert alert(Map.Entry<Key, Course> entry) {
        return alert(entry.getKey(), entry.getValue());
    }

    private static Alert alert(Key key, Course course) {
        return new Alert(key.rule(), key.subject(), course.phase, course.since, course.fact);
    }

    /** How all rules stand, those that fire first. */
    public List<Alert> alerts() {
        return alerts;
    }

    /** Whether some rules on some things are left out, since there are too many. */
    public boolean isFull() {
        return full;
    }

    /** What happened, oldest first, as far as it is remembered. */
    public List<AlertEvent> events() {
        return List.copyOf(events);
    }

    /** What fired at a moment, or had fired and was silent then. */
    public List<Alert> calledAt(Instant moment) {
        var called = new LinkedHashMap<Key, Alert>();
        for (var event : events) {
            if (event.at().isAfter(moment)) {
                break;
            }
            var key = new Key(event.alert().rule(), event.alert().subject());
            if (event.calls()) {
                called.put(key, event.alert());
            } else {
                called.remove(key);
            }
        }
        return called.values().stream().sorted(ORDER).toList();
    }
}
