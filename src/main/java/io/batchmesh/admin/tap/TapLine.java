package io.batchmesh.admin.tap;

import java.time.Instant;

/** One line of what a tap says. */
public sealed interface TapLine {
    /**
     * The first: it is open.
     *
     * @param until when it ends by itself
     */
    record Opened(Instant until) implements TapLine {}

    /** A request. */
    record Request(TappedRequest request) implements TapLine {}

    /** About once a second: what became of all so far. */
    record Counted(TapCounts counts) implements TapLine {}

    /**
     * The last.
     *
     * @param reason {@code time}: it was open for as long as it was to be
     */
    record Ended(String reason, TapCounts counts) implements TapLine {}
}
