package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Palette;

/** What is painted inside the frame of a plot. Immutable: it may be painted on any thread. */
interface Picture {

    /** Paints nothing. */
    Picture NOTHING = (raster, palette, pixel) -> {};

    /**
     * Paints itself.
     *
     * @param pixel how many pixels of the raster are one of the screen's logical pixels
     */
    void paint(Raster raster, Palette palette, double pixel);
}
