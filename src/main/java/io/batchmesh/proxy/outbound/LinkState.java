package io.batchmesh.proxy.outbound;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.proxy.cache.ReplyCache;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.time.Clocks;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a link outlives its configs. Confined to the event loop. */
final class LinkState {
    private final LinkMeters meters;
    private final RetryBudget budget = new RetryBudget();
    private final Endpoint.Group group = new Endpoint.Group();
    private final Map<Endpoint.Key, Endpoint> endpoints = new HashMap<>();

    private boolean batchingOff;
    private @Nullable ReplyCache cache;

    LinkState(LinkMeters meters) {
        this.meters = meters;
    }

    /** The cache by the settings of a new config; null when nothing is to be kept. */
    @Nullable ReplyCache cache(BatchWindow.@Nullable Cache settings, Clocks clocks) {
        if (settings == null) {
            cache = null;
        } else if (cache == null) {
            cache = new ReplyCache(clocks, settings);
        } else {
            cache.configure(settings);
        }
        return cache;
    }

    /** Whether somebody switched batching off, whatever the config says. */
    boolean batchingOff() {
        return batchingOff;
    }

    void batchingOff(boolean yes) {
        batchingOff = yes;
    }

    LinkMeters meters() {
        return meters;
    }

    RetryBudget budget() {
        return budget;
    }

    Endpoint.Group group() {
        return group;
    }

    Map<Endpoint.Key, Endpoint> endpoints() {
        return endpoints;
    }
}
