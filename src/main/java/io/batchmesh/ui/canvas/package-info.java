/** The drawing of a topology: what stands where, how it is painted, and what the mouse does. */
@NullMarked
package io.batchmesh.ui.canvas;

import org.jspecify.annotations.NullMarked;
