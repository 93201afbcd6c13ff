/** Tests of the translation, and topologies from a seed. */
@NullMarked
package io.batchmesh.translate;

import org.jspecify.annotations.NullMarked;
