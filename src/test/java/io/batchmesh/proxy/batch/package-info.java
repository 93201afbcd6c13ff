/** The batch window, on a clock that tests turn by hand. */
@NullMarked
package io.batchmesh.proxy.batch;

import org.jspecify.annotations.NullMarked;
