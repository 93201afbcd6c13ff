package io.batchmesh.ui.plot;

import java.time.Duration;
import java.time.Instant;

/**
 * The stretch of time that a plot shows: it ends now.
 *
 * @param nowMillis its right edge, in milliseconds since 1970
 * @param length how far it reaches back, more than zero
 */
public record TimeWindow(long nowMillis, Duration length) {

    public TimeWindow {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a window must have a length, not " + length);
        }
    }

    public static TimeWindow until(Instant now, Duration length) {
        return new TimeWindow(now.toEpochMilli(), length);
    }

    /** The length in seconds. */
    double seconds() {
        return length.toMillis() / 1e3;
    }

    long startMillis() {
        return nowMillis - length.toMillis();
    }

    /** Where a moment lies: 0 at the left edge, 1 now; beyond it if outside. */
    double position(long millis) {
        return (millis - startMillis()) / (double) length.toMillis();
    }

    /** The moment so many seconds before now. */
    long millisBefore(double seconds) {
        return nowMillis - Math.round(seconds * 1e3);
    }
}
