package io.batchmesh.config;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Ordered;
import io.batchmesh.policy.Resilience;
import io.batchmesh.policy.Route;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy does with the calls of its service to one other service.
 *
 * @param link {@code from->to}, the label of its metrics
 * @param host the Host by which the service is called
 * @param routes tried in order
 * @param subsets the upstream endpoints by subset
 * @param resilience how those are chosen, watched and bounded, with the defaults where they hold
 * @param batch the batch window
 */
public record LinkConfig(
        String link,
        String host,
        List<Route> routes,
        Map<String, List<Upstream>> subsets,
        Resilience resilience,
        BatchWindow batch) {
    public LinkConfig {
        routes = List.copyOf(routes);
        subsets = Ordered.copy(subsets);
        // Said or not, what holds by default is the same config, of the same version.
        resilience = Resilience.DEFAULT.overriddenBy(resilience);
    }

    public LinkConfig withRoutes(List<Route> routes) {
        return new LinkConfig(link, host, routes, subsets, resilience, batch);
    }

    public LinkConfig withSubsets(Map<String, List<Upstream>> subsets) {
        return new LinkConfig(link, host, routes, subsets, resilience, batch);
    }

    public LinkConfig withResilience(Resilience resilience) {
        return new LinkConfig(link, host, routes, subsets, resilience, batch);
    }

    public LinkConfig withBatch(BatchWindow batch) {
        return new LinkConfig(link, host, routes, subsets, resilience, batch);
    }

    /**
     * An endpoint to which requests are sent.
     *
     * @param address host:port of the peer's inbound listener, or of the service itself
     * @param zone where it runs, or null
     * @param weight its share beside the others, at least 1
     * @param peer who answers there
     * @param protocol what is spoken to it when a request does not go in a batch
     * @param tls how it is called, where that is not by the mode of the proxy, or null
     */
    public record Upstream(
            String address,
            @Nullable String zone,
            int weight,
            Peer peer,
            HttpProtocol protocol,
            @Nullable UpstreamTls tls) {
        /** An endpoint that speaks HTTP/1.1. */
        public Upstream(String address, @Nullable String zone, int weight, Peer peer) {
            this(address, zone, weight, peer, HttpProtocol.HTTP1, null);
        }
    }
}
