/** Strict reading of JSON with the place of every fault, and deterministic writing. */
@NullMarked
package io.batchmesh.json;

import org.jspecify.annotations.NullMarked;
