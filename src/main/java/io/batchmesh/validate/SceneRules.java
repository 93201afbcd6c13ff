package io.batchmesh.validate;

import io.batchmesh.model.ServiceId;
import io.batchmesh.policy.Tracing;
import java.util.HashMap;

/** Names that lead nowhere in layout and groups. They only concern the drawing. */
final class SceneRules {
    private SceneRules() {}

    static void check(Scope scope) {
        for (var id : scope.topology().layout().services().keySet()) {
            if (scope.service(id) == null) {
                scope.info(
                        "BM-109",
                        scope.whole().in("layout", "services", id),
                        "there is a place for '" + id + "', which is no service",
                        "remove it");
            }
        }
        groups(scope);
        var tracing = scope.topology().tracing();
        if (tracing != null && !tracing.fault().isEmpty()) {
            scope.error(
                    "BM-319",
                    scope.whole().in("tracing", "endpoint"),
                    "no traces can be told to '" + tracing.endpoint() + "': " + tracing.fault(),
                    "write http://host:4318/v1/traces");
        } else if (tracing != null && !tracing.authorityFault().isEmpty()) {
            scope.error(
                    "BM-319",
                    scope.whole().in("tracing", "authority"),
                    "the collector cannot be checked: " + tracing.authorityFault(),
                    Tracing.MEND);
        }
    }

    private static void groups(Scope scope) {
        var groupOf = new HashMap<ServiceId, String>();
        for (int g = 0; g < scope.topology().groups().size(); g++) {
            var group = scope.topology().groups().get(g);
            for (int i = 0; i < group.services().size(); i++) {
                var id = group.services().get(i);
                var at = scope.whole().in("groups", g, "services", i);
                var other = groupOf.putIfAbsent(id, group.name());
                if (scope.service(id) == null) {
                    scope.warn(
                            "BM-108",
                            at,
                            "group '%s' holds '%s', which is no service"
                                    .formatted(group.name(), id),
                            "take it out of the group");
                } else if (other != null) {
                    scope.warn(
                            "BM-117",
                            at,
                            "%s is in the group '%s' already".formatted(id, other),
                            "leave it in one group");
                }
            }
        }
    }
}
