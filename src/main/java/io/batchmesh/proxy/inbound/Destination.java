package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig.Bulk;
import io.batchmesh.proxy.http.CallPool;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of peers go, by one config.
 *
 * @param service connections to the own service
 * @param allow who may call what
 * @param bulk where the service takes batches itself, or null
 */
record Destination(CallPool service, AllowRules allow, @Nullable Bulk bulk) {}
