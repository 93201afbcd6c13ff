/** Topologies to documents and back: what each proxy must be told so that the drawing holds. */
@NullMarked
package io.batchmesh.translate;

import org.jspecify.annotations.NullMarked;
