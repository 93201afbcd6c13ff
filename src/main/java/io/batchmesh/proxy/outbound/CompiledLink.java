package io.batchmesh.proxy.outbound;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.proxy.cache.ReplyCache;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.route.CompiledRoute;
import io.batchmesh.proxy.trace.Tracer;
import io.batchmesh.proxy.upstream.Balancer;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link of one config, ready to be used.
 *
 * @param config what it was made of
 * @param state what outlives configs
 * @param routes in order
 * @param subsetNames by number
 * @param subsets by number
 * @param budget of retries, over all configs
 * @param cache of answers, over all configs; null when nothing is kept
 * @param wholeLimit bodies up to so many bytes are gathered, longer ones streamed
 * @param tracer begins spans, or null where nothing is traced
 */
record CompiledLink(
        LinkConfig config,
        LinkState state,
        List<CompiledRoute> routes,
        List<String> subsetNames,
        List<Balancer> subsets,
        RetryBudget budget,
        @Nullable ReplyCache cache,
        int wholeLimit,
        @Nullable Tracer tracer) {
    /** No body beyond this is ever batched. */
    private static final int MOST_BATCHABLE = 1 << 20;

    /** Bodies up to this are gathered also where nothing is batched, so that they can be resent. */
    private static final int GATHERED = 64 << 10;

    /** Whether requests to sidecars go in batches. */
    boolean batches() {
        return config.batch().policy() != BatchWindow.Policy.OFF && !state.batchingOff();
    }

    /** What is counted of it, over all configs. */
    LinkMeters meters() {
        return state.meters();
    }

    static int wholeLimit(LinkConfig config) {
        boolean batches =
                config.batch().policy() != BatchWindow.Policy.OFF
                        && config.subsets().values().stream()
                                .flatMap(List::stream)
                                .anyMatch(u -> u.peer() == Peer.SIDECAR);
        return batches ? (int) Math.min(config.batch().maxBytes(), MOST_BATCHABLE) : GATHERED;
    }

    /** The first route that takes the request; null when none does. */
    @Nullable CompiledRoute route(HttpRequest head) {
        for (var route : routes) {
            if (route.takes(head)) {
                return route;
            }
        }
        return null;
    }
}
