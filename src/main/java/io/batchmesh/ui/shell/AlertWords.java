package io.batchmesh.ui.shell;

import io.batchmesh.alert.Alert;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How alerts are told. */
final class AlertWords {
    private AlertWords() {}

    /** A shape for how urgent it is: a square for somebody now, a triangle for later. */
    static String mark(AlertRule.Urgency urgency) {
        return urgency == AlertRule.Urgency.PAGE ? "■" : "▲";
    }

    static String tone(AlertRule.Urgency urgency) {
        return urgency == AlertRule.Urgency.PAGE ? "bm-error" : "bm-warn";
    }

    /** {@code a → b}. */
    static String thing(Alert alert) {
        return alert.subject().replace("->", " → ");
    }

    /** {@code p99 312 ms, limit 250 ms}. */
    static String fact(Alert alert) {
        if (alert.phase() == Alert.Phase.NO_DATA || !alert.fact().known()) {
            return "no data";
        }
        return switch (alert.rule().condition()) {
            case AlertCondition.Threshold t ->
                    t.measure() == AlertMeasure.DOWN
                            ? alert.fact().value() > 0 ? "down" : "up"
                            : "%s %s, limit %s"
                                    .formatted(
                                            measure(t),
                                            value(t.measure(), alert.fact().value()),
                                            value(t.measure(), t.limit()));
            case AlertCondition.BurnRate b ->
                    "budget of %s %% burns %s ×, over %s and %s"
                            .formatted(
                                    percent(b.success()),
                                    Formats.number(alert.fact().value()),
                                    span(alert.fact().burn().over()),
                                    span(alert.fact().burn().and()));
        };
    }

    /** When a rule holds: {@code p99 above 250 ms for 1 min}. */
    static String condition(AlertRule rule) {
        var holding = rule.holding().isZero() ? "" : " for " + span(rule.holding());
        return switch (rule.condition()) {
            case AlertCondition.Threshold t ->
                    "%s %s %s%s"
                            .formatted(
                                    measure(t),
                                    t.above() ? "above" : "below",
                                    value(t.measure(), t.limit()),
                                    holding);
            case AlertCondition.BurnRate b ->
                    "budget of %s %% burns too fast%s".formatted(percent(b.success()), holding);
        };
    }

    private static String measure(AlertCondition.Threshold threshold) {
        var name = name(threshold.measure());
        return threshold.stage() == null ? name : threshold.stage() + " " + name;
    }

    /** {@code error share}. */
    static String name(AlertMeasure measure) {
        return switch (measure) {
            case ERROR_SHARE -> "error share";
            case ITEMS_PER_BATCH -> "items per batch";
            case HIT_SHARE -> "cache hits";
            case OPEN_BREAKERS -> "open breakers";
            case UNHEALTHY -> "unhealthy endpoints";
            default -> measure.label();
        };
    }

    static String value(AlertMeasure measure, double value) {
        return switch (measure.unit()) {
            case PER_SECOND -> Formats.rate(value);
            case SHARE -> Formats.share(value);
            case SECONDS -> Formats.latency(value);
            case COUNT -> value == Math.rint(value) ? Formats.count(value) : Formats.number(value);
            case CORES -> Formats.number(value) + " cores";
        };
    }

    static String percent(double percent) {
        return java.math.BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }

    private static String span(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 3600 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** What is selected to see it. */
    static Selection target(Alert alert, Workspace workspace) {
        var service = service(alert, workspace);
        var link = LinkId.parse(alert.subject());
        return switch (alert.rule().target().kind()) {
            case LINK -> link == null ? Selection.NONE : Selection.of(link);
            case SERVICE, PROXY -> service == null ? Selection.NONE : Selection.of(service);
        };
    }

    /** The service that it is about, null where it is about a link or nobody knows. */
    static @Nullable ServiceId service(Alert alert, Workspace workspace) {
        return switch (alert.rule().target().kind()) {
            case LINK -> null;
            case SERVICE -> new ServiceId(alert.subject());
            case PROXY -> {
                var seen = workspace.snapshotProperty().get().proxies().get(alert.subject());
                var drawn = workspace.topology().proxies().get(new ProxyId(alert.subject()));
                yield seen != null
                        ? new ServiceId(seen.service())
                        : drawn == null ? null : drawn.service();
            }
        };
    }
}
