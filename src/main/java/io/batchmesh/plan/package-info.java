/** Desired documents against running ones: what would change, where, and in which order. */
@NullMarked
package io.batchmesh.plan;

import org.jspecify.annotations.NullMarked;
