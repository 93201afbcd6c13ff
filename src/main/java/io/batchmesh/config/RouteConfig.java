package io.batchmesh.config;

import io.batchmesh.policy.Adjustments;
import io.batchmesh.policy.FaultInjection;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.Ordered;
import io.batchmesh.policy.Retry;
import io.batchmesh.policy.RouteMatch;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route as a proxy gets it; the parts mean what they mean in the topology. */
public record RouteConfig(
        String name,
        @Nullable RouteMatch match,
        Map<String, Integer> split,
        @Nullable Duration timeout,
        @Nullable Retry retry,
        @Nullable Mirror mirror,
        @Nullable FaultInjection fault,
        Adjustments adjust) {
    public RouteConfig {
        split = Ordered.copy(split);
    }

    /** A route that changes nothing of its requests. */
    public RouteConfig(
            String name,
            @Nullable RouteMatch match,
            Map<String, Integer> split,
            @Nullable Duration timeout,
            @Nullable Retry retry,
            @Nullable Mirror mirror,
            @Nullable FaultInjection fault) {
        this(name, match, split, timeout, retry, mirror, fault, Adjustments.NONE);
    }
}
