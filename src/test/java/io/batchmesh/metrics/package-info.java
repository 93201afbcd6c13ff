/** Tests of the numbers of a running mesh. */
@NullMarked
package io.batchmesh.metrics;

import org.jspecify.annotations.NullMarked;
