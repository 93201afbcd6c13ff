package io.batchmesh.config;

import org.jspecify.annotations.Nullable;

/**
 * How the sidecar at an upstream address is called, where that differs from the proxy's own mode.
 *
 * @param mode what is spoken to it, or null for the mode of the proxy
 * @param identity who must answer there, or null for the host of the link
 */
public record UpstreamTls(@Nullable TlsMode mode, @Nullable String identity) {}
