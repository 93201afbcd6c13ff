package io.batchmesh.policy;

import org.jspecify.annotations.Nullable;

/**
 * What of a request's target the called service sees otherwise than it was asked for. The query
 * stays as it is.
 *
 * @param prefix stands in place of the prefix of the path that the route matches, or null
 * @param path stands in place of the whole path, or null; not together with {@code prefix}
 * @param host stands in place of the Host, or null
 */
public record Rewrite(@Nullable String prefix, @Nullable String path, @Nullable String host) {}
