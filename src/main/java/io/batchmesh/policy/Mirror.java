package io.batchmesh.policy;

import org.jspecify.annotations.Nullable;

/**
 * A share of the requests is sent a second time elsewhere; its answers are thrown away.
 *
 * @param service the service that gets the copies
 * @param subset the subset of it, or null for all
 * @param percent the share, 0 to 100
 */
public record Mirror(String service, @Nullable String subset, double percent) {}
