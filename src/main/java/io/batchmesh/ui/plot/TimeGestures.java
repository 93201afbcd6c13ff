package io.batchmesh.ui.plot;

import io.batchmesh.metrics.TraceSample;

/** What is done to the time that plots show, by mouse or keys. FX thread only. */
public interface TimeGestures {
    /** Shows just this stretch. */
    void zoomTo(long fromMillis, long toMillis);

    /**
     * Shows more or less, with a moment staying where it is.
     *
     * @param factor of the length: more than 1 shows more
     */
    void zoom(double factor, long aroundMillis);

    /** Shows what was later by so much, or earlier when it is negative. */
    void pan(long millis);

    /** Shows now again. */
    void live();

    /** Offers what can be done with the trace of a request, at a place of the screen. */
    default void trace(Plot plot, TraceSample trace, double screenX, double screenY) {}

    /** Copies a plot as a picture. */
    void copy(Plot plot);

    /** Offers what can be done with a plot at a moment, at a place of the screen. */
    void menu(Plot plot, long atMillis, double screenX, double screenY);
}
