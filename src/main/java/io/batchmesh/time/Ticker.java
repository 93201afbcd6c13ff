package io.batchmesh.time;

import java.time.Duration;

/** A monotonic clock for durations. Its zero has no meaning; only differences do. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary fixed moment. Safe to call from any thread. */
    long nanos();

    /** Time that has passed since {@code startNanos}, an earlier reading of this ticker. */
    default Duration since(long startNanos) {
        return Duration.ofNanos(nanos() - startNanos);
    }
}
