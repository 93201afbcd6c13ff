/** Time that tests turn by hand. */
@NullMarked
package io.batchmesh.proxy.loop;

import org.jspecify.annotations.NullMarked;
