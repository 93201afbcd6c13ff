package io.batchmesh.proxy.inbound;

import io.batchmesh.config.ProxyConfig.Bulk;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.trace.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of peers go, by one config.
 *
 * @param service connections to the own service
 * @param allow who may call what
 * @param bulk where the service takes batches itself, or null
 * @param tracer begins spans, or null where nothing is traced
 */
record Destination(
        CallPool service, AllowRules allow, @Nullable Bulk bulk, @Nullable Tracer tracer) {}
