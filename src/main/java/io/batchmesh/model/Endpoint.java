package io.batchmesh.model;

import org.jspecify.annotations.Nullable;

/**
 * One address of a service.
 *
 * @param address host:port; an IPv6 host in brackets
 * @param zone where it runs, or null where zones do not matter
 * @param weight its share beside the other endpoints of its subset, at least 1
 */
public record Endpoint(String address, @Nullable String zone, int weight) {}
