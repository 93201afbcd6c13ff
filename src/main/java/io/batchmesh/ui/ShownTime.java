package io.batchmesh.ui;

import java.time.Instant;

/** Which moment a window shows. */
public sealed interface ShownTime {
    /** Now, as it goes on. */
    record Live() implements ShownTime {}

    /**
     * A moment that is over. What is drawn, and what runs, is still that of now.
     *
     * @param at the moment
     * @param playing whether it goes on by itself
     * @param recording the name of the recording that it is of, empty for what was seen here
     */
    record Past(Instant at, boolean playing, String recording) implements ShownTime {}

    /** Whether now is shown. */
    default boolean isLive() {
        return this instanceof Live;
    }
}
