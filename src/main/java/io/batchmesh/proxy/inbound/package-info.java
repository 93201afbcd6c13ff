/** The calls of peers: batches are taken apart, everything else is passed on to the service. */
@NullMarked
package io.batchmesh.proxy.inbound;

import org.jspecify.annotations.NullMarked;
