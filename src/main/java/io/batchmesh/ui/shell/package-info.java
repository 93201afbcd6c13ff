/** The window: toolbar, side bar, canvas, plots, inspector, status, and what feeds them. */
@NullMarked
package io.batchmesh.ui.shell;

import org.jspecify.annotations.NullMarked;
