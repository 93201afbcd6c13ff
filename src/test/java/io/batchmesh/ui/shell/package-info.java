/** Tests of the window around the views. */
@NullMarked
package io.batchmesh.ui.shell;

import org.jspecify.annotations.NullMarked;
