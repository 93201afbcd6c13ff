package io.batchmesh.model;

import io.batchmesh.json.Choice;
import java.time.Duration;
import java.util.Locale;

/**
 * A rule that calls for somebody. It is kept with the drawing, so that whoever has the file has it,
 * and is never told to a proxy: the console watches it, and Prometheus where it is exported.
 *
 * @param name unique among the rules of a topology
 * @param target what it watches
 * @param condition when it holds
 * @param holding how long it must hold before it fires
 * @param urgency whom it calls
 * @param enabled whether it is watched
 */
public record AlertRule(
        String name,
        AlertTarget target,
        AlertCondition condition,
        Duration holding,
        Urgency urgency,
        boolean enabled) {
    /** Whom a rule calls. */
    public enum Urgency {
        /** Somebody now. */
        PAGE,
        /** Somebody within days. */
        TICKET;

        /** How it is written in files. */
        public static final Choice<Urgency> CHOICE = Choice.of(Urgency.class, Urgency::label);

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that is watched. */
    public AlertRule(
            String name,
            AlertTarget target,
            AlertCondition condition,
            Duration holding,
            Urgency urgency) {
        this(name, target, condition, holding, urgency, true);
    }

    public AlertRule withTarget(AlertTarget other) {
        return new AlertRule(name, other, condition, holding, urgency, enabled);
    }

    public AlertRule withEnabled(boolean watched) {
        return new AlertRule(name, target, condition, holding, urgency, watched);
    }
}
