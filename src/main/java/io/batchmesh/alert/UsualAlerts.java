package io.batchmesh.alert;

import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertCondition.Threshold;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertRule.Urgency;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.AlertTarget.Kind;
import java.time.Duration;
import java.util.List;

/** Rules that most meshes do well with. They are offered, and nobody has them unasked. */
public final class UsualAlerts {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration WHILE = Duration.ofMinutes(1);

    /** All of them. */
    public static final List<AlertRule> ALL =
            List.of(
                    new AlertRule(
                            "Proxy does not answer",
                            AlertTarget.each(Kind.PROXY),
                            above(AlertMeasure.DOWN, 0),
                            SOON,
                            Urgency.PAGE),
                    new AlertRule(
                            "Requests fail",
                            AlertTarget.each(Kind.LINK),
                            above(AlertMeasure.ERROR_SHARE, 0.05),
                            WHILE,
                            Urgency.PAGE),
                    new AlertRule(
                            "Error budget burns",
                            AlertTarget.each(Kind.SERVICE),
                            new AlertCondition.BurnRate(99.9),
                            Duration.ZERO,
                            Urgency.PAGE),
                    new AlertRule(
                            "Slow",
                            AlertTarget.each(Kind.LINK),
                            above(AlertMeasure.P99, 1),
                            WHILE.multipliedBy(2),
                            Urgency.TICKET),
                    new AlertRule(
                            "Breaker open",
                            AlertTarget.each(Kind.LINK),
                            above(AlertMeasure.OPEN_BREAKERS, 0),
                            SOON,
                            Urgency.TICKET),
                    new AlertRule(
                            "Requests are shed",
                            AlertTarget.each(Kind.LINK),
                            above(AlertMeasure.SHED, 0),
                            SOON,
                            Urgency.TICKET));

    private UsualAlerts() {}

    private static Threshold above(AlertMeasure measure, double limit) {
        return new Threshold(measure, null, true, limit);
    }
}
