package io.batchmesh.model;

import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.Failover;
import io.batchmesh.policy.HealthCheck;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.OutlierDetection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traffic policy of a service; on a link, the parts that it overrides. Null or empty means: not
 * said here.
 */
public record Traffic(
        List<Route> routes,
        @Nullable LoadBalancing loadBalancing,
        @Nullable Failover failover,
        @Nullable OutlierDetection outlierDetection,
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable Tls tls,
        List<AllowRule> allow,
        @Nullable HealthCheck healthCheck) {
    /** Nothing said. */
    public static final Traffic NONE =
            new Traffic(List.of(), null, null, null, null, null, List.of());

    public Traffic {
        routes = List.copyOf(routes);
        allow = List.copyOf(allow);
    }

    /** Policy without health checks. */
    public Traffic(
            List<Route> routes,
            @Nullable LoadBalancing loadBalancing,
            @Nullable Failover failover,
            @Nullable OutlierDetection outlierDetection,
            @Nullable CircuitBreaker circuitBreaker,
            @Nullable Tls tls,
            List<AllowRule> allow) {
        this(routes, loadBalancing, failover, outlierDetection, circuitBreaker, tls, allow, null);
    }

    public Traffic withRoutes(List<Route> routes) {
        return new Traffic(
                routes,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                tls,
                allow,
                healthCheck);
    }

    public Traffic withAllow(List<AllowRule> allow) {
        return new Traffic(
                routes,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                tls,
                allow,
                healthCheck);
    }

    public Traffic withHealthCheck(@Nullable HealthCheck healthCheck) {
        return new Traffic(
                routes,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                tls,
                allow,
                healthCheck);
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
                link.loadBalancing == null ? loadBalancing : link.loadBalancing,
                link.failover == null ? failover : link.failover,
                link.outlierDetection == null ? outlierDetection : link.outlierDetection,
                link.circuitBreaker == null ? circuitBreaker : link.circuitBreaker,
                link.tls == null ? tls : link.tls,
                link.allow.isEmpty() ? allow : link.allow,
                link.healthCheck == null ? healthCheck : link.healthCheck);
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
