/** Batches of peers, taken apart and answered. */
@NullMarked
package io.batchmesh.proxy.inbound;

import org.jspecify.annotations.NullMarked;
