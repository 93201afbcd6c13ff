package io.batchmesh.observe;

import io.batchmesh.target.TapEnd;
import java.time.Instant;

/** How a tap at one proxy does. */
public sealed interface TapState {
    /** The proxy has not answered yet. */
    record Opening() implements TapState {}

    /**
     * It is open.
     *
     * @param until when it ends by itself, by the proxy's clock
     */
    record Open(Instant until) implements TapState {}

    /** It is over. */
    record Ended(TapEnd how) implements TapState {}
}
