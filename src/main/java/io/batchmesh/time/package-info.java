/** Time as an argument: clocks that a test can turn by hand. */
@NullMarked
package io.batchmesh.time;

import org.jspecify.annotations.NullMarked;
