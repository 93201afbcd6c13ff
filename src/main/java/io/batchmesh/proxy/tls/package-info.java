/** TLS of a sidecar: its certificates, what it makes of those of others, and when they change. */
@NullMarked
package io.batchmesh.proxy.tls;

import org.jspecify.annotations.NullMarked;
