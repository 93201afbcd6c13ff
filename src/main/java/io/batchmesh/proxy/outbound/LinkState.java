package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.upstream.Endpoint;
import java.util.HashMap;
import java.util.Map;

/** What of a link outlives its configs. Confined to the event loop. */
final class LinkState {
    private final LinkMeters meters;
    private final RetryBudget budget = new RetryBudget();
    private final Endpoint.Group group = new Endpoint.Group();
    private final Map<Endpoint.Key, Endpoint> endpoints = new HashMap<>();

    LinkState(LinkMeters meters) {
        this.meters = meters;
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
