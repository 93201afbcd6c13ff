package io.batchmesh.proxy.upstream;

import io.batchmesh.policy.OutlierDetection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint does, by what its calls come to: after so many errors in a row it is left out
 * for a while, each time longer. Confined to the event loop.
 */
public final class Health {
    /** No longer than this many times the base ejection. */
    private static final int MAX_FACTOR = 10;

    /** How long an endpoint to which no connection could be opened comes last, the first time. */
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long MOST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(8);

    /** Weight of the newest latency in the moving average: one tenth. */
    private static final int EWMA_SHARE = 10;

    private @Nullable OutlierDetection rule;
    private int errorsInRow;
    private int ejections;
    private long ejectedUntil;
    private boolean ejected;
    private long pauseNanos;
    private long pausedUntil;
    private long ewmaNanos;

    void rule(@Nullable OutlierDetection next) {
        rule = next;
        if (next == null) {
            ejected = false;
            errorsInRow = 0;
        }
    }

    /** Whether it is left out now. */
    boolean ejected(long now) {
        if (ejected && now - ejectedUntil >= 0) {
            ejected = false;
            errorsInRow = 0;
        }
        return ejected;
    }

    /** Whether others are better because it could not be reached just now. */
    boolean paused(long now) {
        return pauseNanos > 0 && now - pausedUntil < 0;
    }

    /** No connection could be opened: it is left in peace, each time twice as long. */
    void unreachable(long now) {
        if (!paused(now)) {
            pauseNanos = Math.clamp(pauseNanos * 2, LEAST_PAUSE_NANOS, MOST_PAUSE_NANOS);
            pausedUntil = now + pauseNanos;
        }
    }

    /** A call came to a good end. */
    void succeeded(long nanos) {
        errorsInRow = 0;
        pauseNanos = 0;
        ewmaNanos += (nanos - ewmaNanos) / EWMA_SHARE;
    }

    /**
     * A call failed.
     *
     * @param mayEject whether another endpoint may be left out besides those that are
     * @return whether it is left out from now on
     */
    boolean failed(long now, boolean mayEject) {
        errorsInRow++;
        var current = rule;
        if (current == null || ejected || !mayEject) {
            return false;
        }
        if (errorsInRow < current.consecutiveErrors()) {
            return false;
        }
        ejections = Math.min(ejections + 1, MAX_FACTOR);
        ejectedUntil = now + current.baseEjection().toNanos() * ejections;
        ejected = true;
        return true;
    }

    /** Moving average of the latency of good calls, nanoseconds. */
    long ewmaNanos() {
        return ewmaNanos;
    }

    int errorsInRow() {
        return errorsInRow;
    }
}
