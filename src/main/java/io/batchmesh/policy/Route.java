package io.batchmesh.policy;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests go where, in a topology and in the config of a proxy. Routes of a service are
 * tried in order; the first that matches wins. On a link of a topology, a route overrides the
 * service's route of the same name in the parts that it gives.
 *
 * @param name unique within its service
 * @param match which requests, or null for all
 * @param split weight by subset; the share is the weight over the sum of weights
 * @param timeout for the whole request with its retries, or null for none
 * @param retry when it is tried again, or null for never
 * @param mirror who gets a copy, or null
 * @param fault faults made on purpose, or null
 * @param adjust what is changed of the requests and their replies
 */
public record Route(
        String name,
        @Nullable RouteMatch match,
        Map<String, Integer> split,
        @Nullable Duration timeout,
        @Nullable Retry retry,
        @Nullable Mirror mirror,
        @Nullable FaultInjection fault,
        Adjustments adjust) {
    public Route {
        split = Ordered.copy(split);
    }

    /** A route that changes nothing of its requests. */
    public Route(
            String name,
            @Nullable RouteMatch match,
            Map<String, Integer> split,
            @Nullable Duration timeout,
            @Nullable Retry retry,
            @Nullable Mirror mirror,
            @Nullable FaultInjection fault) {
        this(name, match, split, timeout, retry, mirror, fault, Adjustments.NONE);
    }

    public Route withSplit(Map<String, Integer> split) {
        return new Route(name, match, split, timeout, retry, mirror, fault, adjust);
    }

    public Route withTimeout(@Nullable Duration timeout) {
        return new Route(name, match, split, timeout, retry, mirror, fault, adjust);
    }

    public Route withRetry(@Nullable Retry retry) {
        return new Route(name, match, split, timeout, retry, mirror, fault, adjust);
    }

    public Route withMirror(@Nullable Mirror mirror) {
        return new Route(name, match, split, timeout, retry, mirror, fault, adjust);
    }

    /** This route where the other, of a link, says nothing; the other where it does. */
    public Route overriddenBy(Route link) {
        return new Route(
                name,
                link.match == null ? match : link.match,
                link.split.isEmpty() ? split : link.split,
                link.timeout == null ? timeout : link.timeout,
                link.retry == null ? retry : link.retry,
                link.mirror == null ? mirror : link.mirror,
                link.fault == null ? fault : link.fault,
                adjust.overriddenBy(link.adjust));
    }
}
