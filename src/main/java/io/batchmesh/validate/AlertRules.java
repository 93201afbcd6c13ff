package io.batchmesh.validate;

import io.batchmesh.model.AlertCondition;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.AlertTarget;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;

/**
 * Rules for alerts that never hold, or watch what is not there. No proxy is told of them, so they
 * never keep a push from going out.
 */
final class AlertRules {
    private AlertRules() {}

    static void check(Scope scope) {
        for (int i = 0; i < scope.topology().alerts().size(); i++) {
            var rule = scope.topology().alerts().get(i);
            target(scope, rule, i);
            switch (rule.condition()) {
                case AlertCondition.Threshold threshold -> threshold(scope, rule, threshold, i);
                case AlertCondition.BurnRate _ -> objective(scope, rule, i);
            }
        }
    }

    private static void target(Scope scope, AlertRule rule, int i) {
        var target = rule.target();
        if (target.isEach() || target.kind() == AlertTarget.Kind.PROXY) {
            return;
        }
        var at = scope.whole().in("alerts", i, target.kind().label());
        var link = LinkId.parse(target.name());
        var service = new ServiceId(target.name());
        if (target.kind() == AlertTarget.Kind.LINK) {
            if (link == null || scope.topology().link(link) == null) {
                scope.warn(
                        "BM-602",
                        at,
                        "the alert '%s' watches the link '%s', which is not drawn"
                                .formatted(rule.name(), target.name()),
                        "name a link as a->b, or \"*\" for each");
            }
        } else if (scope.service(service) == null) {
            scope.warn(
                    "BM-602",
                    at,
                    "the alert '%s' watches '%s', which is no service"
                            .formatted(rule.name(), target.name()),
                    "name a service, or \"*\" for each");
        } else if (scope.to(service).isEmpty()) {
            scope.warn(
                    "BM-603",
                    at,
                    "the alert '%s' never has data: a service is watched as its callers see it, and"
                                    .formatted(rule.name())
                            + " nobody calls '%s'".formatted(target.name()),
                    "watch the links that leave it");
        }
    }

    private static void objective(Scope scope, AlertRule rule, int i) {
        if (rule.target().kind() == AlertTarget.Kind.PROXY) {
            scope.warn(
                    "BM-601",
                    scope.whole().in("alerts", i, "objective"),
                    "the alert '%s' never has data: proxies have no objective"
                            .formatted(rule.name()),
                    "watch a link or a service");
        }
    }

    private static void threshold(
            Scope scope, AlertRule rule, AlertCondition.Threshold threshold, int i) {
        var kind = rule.target().kind();
        var at = scope.whole().in("alerts", i, "threshold");
        var measure = threshold.measure();
        if (threshold.stage() != null && kind != AlertTarget.Kind.LINK) {
            scope.warn(
                    "BM-601",
                    at.in("stage"),
                    "the alert '%s' never has data: only links have stages".formatted(rule.name()),
                    "watch a link, or remove the stage");
        } else if (!measure.fits(kind) || (threshold.stage() != null && !measure.ofStages())) {
            scope.warn(
                    "BM-601",
                    at.in("measure"),
                    "the alert '%s' never has data: a %s has no '%s'"
                            .formatted(
                                    rule.name(),
                                    threshold.stage() == null ? kind.label() : "stage",
                                    measure.label()),
                    "one of " + AlertMeasure.labels(kind, threshold.stage()));
        } else if (measure.unit() == AlertMeasure.Unit.SHARE
                && (threshold.above() ? threshold.limit() >= 1 : threshold.limit() > 1)) {
            scope.warn(
                    "BM-604",
                    at.in(threshold.above() ? "above" : "below"),
                    "the alert '%s' %s: %s is a share from 0 to 1"
                            .formatted(
                                    rule.name(),
                                    threshold.above() ? "never fires" : "always fires",
                                    measure.label()),
                    "write 0.01 for one percent");
        }
    }
}
