/** Tests of pushing to real admin endpoints. */
@NullMarked
package io.batchmesh.push;

import org.jspecify.annotations.NullMarked;
