/** The panel beside the canvas: what is selected, as it runs, is edited and is seen. */
@NullMarked
package io.batchmesh.ui.inspector;

import org.jspecify.annotations.NullMarked;
