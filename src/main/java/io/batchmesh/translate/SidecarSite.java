package io.batchmesh.translate;

import io.batchmesh.model.Endpoint;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;

/**
 * A sidecar and the endpoint that it stands beside.
 *
 * @param proxy its name: the declared one, or {@code service-subset-n} with n from 1
 * @param service whose endpoint it is
 * @param subset which subset of it
 * @param endpoint the endpoint as it is drawn
 */
public record SidecarSite(ProxyId proxy, ServiceId service, String subset, Endpoint endpoint) {}
