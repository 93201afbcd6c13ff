package io.batchmesh.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the endpoints of a service are chosen, watched and bounded, in a topology and in the config
 * of a proxy. Null: not said here.
 *
 * @param loadBalancing how an endpoint of a subset is chosen
 * @param failover where requests go when the own zone's endpoints are unfit
 * @param outlierDetection when failing endpoints are left out
 * @param circuitBreaker bounds towards each endpoint
 * @param healthCheck how endpoints are asked whether they are well
 */
public record Resilience(
        @Nullable LoadBalancing loadBalancing,
        @Nullable Failover failover,
        @Nullable OutlierDetection outlierDetection,
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable HealthCheck healthCheck) {
    /** Nothing said. */
    public static final Resilience NONE = new Resilience(null, null, null, null, null);

    /** What each endpoint is held to where nothing else is said; what has no default stays null. */
    public static final Resilience DEFAULT =
            new Resilience(LoadBalancing.DEFAULT, null, null, CircuitBreaker.DEFAULT, null);

    /** This where the other says nothing; the other where it does. */
    public Resilience overriddenBy(Resilience other) {
        return new Resilience(
                other.loadBalancing == null ? loadBalancing : other.loadBalancing,
                other.failover == null ? failover : other.failover,
                other.outlierDetection == null ? outlierDetection : other.outlierDetection,
                other.circuitBreaker == null ? circuitBreaker : other.circuitBreaker,
                other.healthCheck == null ? healthCheck : other.healthCheck);
    }

    /** How an endpoint is chosen, by default where nothing is said. */
    public LoadBalancing balancing() {
        return Objects.requireNonNullElse(loadBalancing, LoadBalancing.DEFAULT);
    }

    /** The bounds towards each endpoint, by default where nothing is said. */
    public CircuitBreaker bounds() {
        return Objects.requireNonNullElse(circuitBreaker, CircuitBreaker.DEFAULT);
    }
}
