package io.batchmesh.target;

import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy of an environment answers.
 *
 * @param name the proxy's name, as in the topology
 * @param service whose endpoint it stands beside
 * @param subset which subset of it, or null where that is not known
 * @param admin the base of its admin endpoint, such as {@code http://127.0.0.1:15000}
 * @param metrics where its metrics are scraped
 */
public record ProxyEndpointRef(
        ProxyId name, ServiceId service, @Nullable String subset, URI admin, URI metrics) {
    /** A proxy whose metrics are at {@code /metrics} of its admin endpoint. */
    public static ProxyEndpointRef of(
            ProxyId name, ServiceId service, @Nullable String subset, URI admin) {
        return new ProxyEndpointRef(name, service, subset, admin, metrics(admin));
    }

    private static URI metrics(URI admin) {
        var base = admin.toString();
        return URI.create(base.endsWith("/") ? base + "metrics" : base + "/metrics");
    }
}
