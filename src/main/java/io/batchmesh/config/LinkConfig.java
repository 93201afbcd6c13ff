package io.batchmesh.config;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.Failover;
import io.batchmesh.policy.HealthCheck;
import io.batchmesh.policy.LoadBalancing;
import io.batchmesh.policy.Ordered;
import io.batchmesh.policy.OutlierDetection;
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
 * @param loadBalancing how an endpoint of a subset is chosen
 * @param failover where requests go when the own zone's endpoints are unfit, or null
 * @param outlierDetection when failing endpoints are left out, or null for never
 * @param circuitBreaker bounds towards each endpoint
 * @param batch the batch window
 * @param healthCheck how endpoints are asked whether they are well, or null for not at all
 */
public record LinkConfig(
        String link,
        String host,
        List<RouteConfig> routes,
        Map<String, List<Upstream>> subsets,
        LoadBalancing loadBalancing,
        @Nullable Failover failover,
        @Nullable OutlierDetection outlierDetection,
        CircuitBreaker circuitBreaker,
        BatchWindow batch,
        @Nullable HealthCheck healthCheck) {
    public LinkConfig {
        routes = List.copyOf(routes);
        subsets = Ordered.copy(subsets);
    }

    /** A link whose endpoints are not asked how they do. */
    public LinkConfig(
            String link,
            String host,
            List<RouteConfig> routes,
            Map<String, List<Upstream>> subsets,
            LoadBalancing loadBalancing,
            @Nullable Failover failover,
            @Nullable OutlierDetection outlierDetection,
            CircuitBreaker circuitBreaker,
            BatchWindow batch) {
        this(
                link,
                host,
                routes,
                subsets,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                batch,
                null);
    }

    public LinkConfig withBatch(BatchWindow batch) {
        return new LinkConfig(
                link,
                host,
                routes,
                subsets,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                batch,
                healthCheck);
    }

    public LinkConfig withRoutes(List<RouteConfig> routes) {
        return new LinkConfig(
                link,
                host,
                routes,
                subsets,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                batch,
                healthCheck);
    }

    public LinkConfig withHealthCheck(@Nullable HealthCheck healthCheck) {
        return new LinkConfig(
                link,
                host,
                routes,
                subsets,
                loadBalancing,
                failover,
                outlierDetection,
                circuitBreaker,
                batch,
                healthCheck);
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
