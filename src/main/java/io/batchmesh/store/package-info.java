/** Topology files: reading, saving whole or not at all, the published schema, and autosave. */
@NullMarked
package io.batchmesh.store;

import org.jspecify.annotations.NullMarked;
