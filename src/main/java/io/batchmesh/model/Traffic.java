package io.batchmesh.model;

import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traffic policy of a service; on a link, the parts that it overrides. Null or empty means: not
 * said here.
 */
public record Traffic(
        List<Route> routes, Resilience resilience, @Nullable Tls tls, List<AllowRule> allow) {
    /** Nothing said. */
    public static final Traffic NONE = new Traffic(List.of(), Resilience.NONE, null, List.of());

    public Traffic {
        routes = List.copyOf(routes);
        allow = List.copyOf(allow);
    }

    public Traffic withRoutes(List<Route> routes) {
        return new Traffic(routes, resilience, tls, allow);
    }

    public Traffic withAllow(List<AllowRule> allow) {
        return new Traffic(routes, resilience, tls, allow);
    }

    public @Nullable Route route(String name) {
        return routes.stream().filter(r -> r.name().equals(name)).findFirst().orElse(null);
    }

    /**
     * What holds on a link: this policy, of the service, overridden by the link's in the parts that
     * the link gives. Routes are matched by name; the link's other routes come first.
     */
    public Traffic overriddenBy(Traffic link) {
        return new Traffic(
                overriddenRoutes(link),
                resilience.overriddenBy(link.resilience),
                link.tls == null ? tls : link.tls,
                link.allow.isEmpty() ? allow : link.allow);
    }

    private List<Route> overriddenRoutes(Traffic link) {
        var result = new ArrayList<Route>();
        for (var own : link.routes) {
            if (route(own.name()) == null) {
                result.add(own);
            }
        }
        for (var route : routes) {
            var override = link.route(route.name());
            result.add(override == null ? route : route.overriddenBy(override));
        }
        return result;
    }
}
