package io.batchmesh.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The two clocks that a part of the program may need: wall time for stamps, a ticker for durations.
 *
 * @param wall the time of day, which may jump
 * @param ticker monotonic nanoseconds, which never go back
 */
public record Clocks(InstantSource wall, Ticker ticker) {
    public Instant now() {
        return wall.instant();
    }

    public long nanos() {
        return ticker.nanos();
    }
}
