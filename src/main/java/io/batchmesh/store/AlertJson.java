package io.batchmesh.store;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.quantity.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of rules for alerts. */
final class AlertJson {
    private static final Range LIMIT = Range.of(0, 1e12);
    private static final Range SUCCESS = Range.of(50, 99.9999);
    private static final List<String> STAGES =
            List.of("collect", "combine", "cache", "compress", "send");
    private static final AlertCondition NOTHING =
            new AlertCondition.Threshold(AlertMeasure.REQUESTS, null, true, 0);

    private AlertJson() {}

    static AlertRule read(ObjectReader o) {
        var condition = condition(o);
        var usual =
                condition instanceof AlertCondition.BurnRate
                        ? AlertRule.Urgency.PAGE
                        : AlertRule.Urgency.TICKET;
        return new AlertRule(
                Fields.name(o, "name"),
                target(o),
                condition,
                o.duration("for", Duration.ZERO),
                o.choice("urgency", AlertRule.Urgency.CHOICE, usual),
                o.flag("enabled", true));
    }

    private static AlertTarget target(ObjectReader o) {
        var named = Arrays.stream(AlertTarget.Kind.values()).filter(k -> o.has(k.label())).toList();
        if (named.size() != 1) {
            o.faultHere(
                    named.isEmpty()
                            ? "it is not said what the rule watches"
                            : "the rule watches several things",
                    "name one of link, service, proxy; \"*\" is each of them");
            return AlertTarget.each(AlertTarget.Kind.LINK);
        }
        return new AlertTarget(named.getFirst(), Fields.name(o, named.getFirst().label()));
    }

    private static AlertCondition condition(ObjectReader o) {
        var threshold = o.object("threshold", AlertJson::threshold);
        var objective = o.object("objective", AlertJson::objective);
        if ((threshold == null) == (objective == null)) {
            o.faultHere(
                    threshold == null
                            ? "it is not said when the rule holds"
                            : "the rule has a threshold and an objective",
                    "add one of threshold, objective");
        }
        return threshold != null ? threshold : objective != null ? objective : NOTHING;
    }

    private static AlertCondition objective(ObjectReader o) {
        Fields.require(o, "success", "write the percent that succeed, such as 99.9");
        return new AlertCondition.BurnRate(o.number("success", SUCCESS, 99.9));
    }

    private static AlertCondition threshold(ObjectReader o) {
        Fields.require(o, "measure", "one of " + AlertMeasure.CHOICE.labels());
        var measure = o.choice("measure", AlertMeasure.CHOICE, AlertMeasure.REQUESTS);
        var stage = o.optionalString("stage");
        if (stage != null && !STAGES.contains(stage)) {
            o.fault(
                    "stage",
                    "there is no stage '" + stage + "'",
                    "one of " + String.join(", ", STAGES));
        }
        boolean above = o.has("above");
        if (above == o.has("below")) {
            o.faultHere(
                    above ? "the threshold has two limits" : "the threshold has no limit",
                    "add one of above, below");
        }
        double limit = limit(o, above ? "above" : "below", measure);
        return new AlertCondition.Threshold(measure, stage, above, limit);
    }

    private static double limit(ObjectReader o, String field, AlertMeasure measure) {
        if (measure.unit() == AlertMeasure.Unit.SECONDS) {
            var time = o.duration(field);
            return time == null ? 0 : Durations.seconds(time);
        }
        return o.number(field, LIMIT, 0);
    }

    static ObjectNode write(AlertRule rule) {
        return ObjectWriter.object(o -> {
            o.put("name", rule.name()).put(rule.target().kind().label(), rule.target().name());
            switch (rule.condition()) {
                case AlertCondition.Threshold t ->
                        o.put("threshold", ObjectWriter.object(c -> write(c, t)));
                case AlertCondition.BurnRate b ->
                        o.put("objective", ObjectWriter.object(c -> c.put("success", b.success())));
            }
            o.put("for", orNothing(rule.holding())).put("urgency", rule.urgency().label());
            if (!rule.enabled()) {
                o.put("enabled", false);
            }
        });
    }

    private static void write(ObjectWriter o, AlertCondition.Threshold threshold) {
        var field = threshold.above() ? "above" : "below";
        o.put("measure", threshold.measure().label()).put("stage", threshold.stage());
        if (threshold.measure().unit() == AlertMeasure.Unit.SECONDS) {
            o.put(field, Duration.ofNanos(Math.round(threshold.limit() * 1e9)));
        } else {
            o.put(field, threshold.limit());
        }
    }

    private static @Nullable Duration orNothing(Duration holding) {
        return holding.isZero() ? null : holding;
    }
}
