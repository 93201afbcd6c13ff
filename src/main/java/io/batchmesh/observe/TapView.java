package io.batchmesh.observe;

import io.batchmesh.admin.tap.TapCounts;
import io.batchmesh.admin.tap.TappedRequest;
import io.batchmesh.model.ProxyId;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a tap has seen.
 *
 * @param number of requests so far, also those that are not kept any more
 * @param kept the last of them, newest first
 * @param states of each proxy that was asked
 * @param counts of all proxies together, about a second old
 */
public record TapView(
        long number, List<Entry> kept, Map<ProxyId, TapState> states, TapCounts counts) {
    public TapView {
        kept = List.copyOf(kept);
        states = Collections.unmodifiableMap(states);
    }

    /**
     * A request.
     *
     * @param number counts from 1
     * @param proxy through which it went
     */
    public record Entry(long number, ProxyId proxy, TappedRequest request) {}
}
