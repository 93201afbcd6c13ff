package io.batchmesh.model;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that carries the traffic of an endpoint.
 *
 * @param id its name
 * @param service whose endpoint it stands beside
 * @param subset which subset of it, or null for any
 * @param kind what it is
 * @param admin where its admin endpoint answers, or null where it has none
 */
public record Proxy(
        ProxyId id,
        ServiceId service,
        @Nullable String subset,
        ProxyKind kind,
        @Nullable URI admin) {}
