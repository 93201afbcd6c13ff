/** HTTP at both ends of a sidecar: a strict server, and clients over pooled connections. */
@NullMarked
package io.batchmesh.proxy.http;

import org.jspecify.annotations.NullMarked;
