/** Tests of topology files. */
@NullMarked
package io.batchmesh.store;

import org.jspecify.annotations.NullMarked;
