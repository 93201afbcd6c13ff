/** The batch window: when requests that wait for one endpoint are cut into a frame. */
@NullMarked
package io.batchmesh.proxy.batch;

import org.jspecify.annotations.NullMarked;
