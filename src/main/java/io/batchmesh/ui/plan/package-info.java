/** The push, docked beside the canvas: what would change, and what each proxy said to it. */
@NullMarked
package io.batchmesh.ui.plan;

import org.jspecify.annotations.NullMarked;
