/** The data plane: the sidecar that routes, batches and passes on the calls of one service. */
@NullMarked
package io.batchmesh.proxy;

import org.jspecify.annotations.NullMarked;
