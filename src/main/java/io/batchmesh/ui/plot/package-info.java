/** Plots of live series, rasterised by ourselves. */
@NullMarked
package io.batchmesh.ui.plot;

import org.jspecify.annotations.NullMarked;
