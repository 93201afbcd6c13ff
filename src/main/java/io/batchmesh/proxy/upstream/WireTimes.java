package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.batch.LeastTime;
import java.util.concurrent.TimeUnit;

/**
 * How long items and their answers are on the wire, in the current window and at best. Confined to
 * one thread.
 */
final class WireTimes {
    /** Queueing below this is no reason for anything. */
    private static final double LEAST_QUEUEING = TimeUnit.MILLISECONDS.toNanos(10);

    /** Beyond so many times of what is usual the link is full. */
    private static final double FULL = 2;

    private static final int ENOUGH = 20;

    private final LeastTime best = new LeastTime();
    private long sum;
    private int count;

    /** A window begins. */
    void begin() {
        sum = 0;
        count = 0;
    }

    void observe(long nanos, long now) {
        best.observe(nanos, now);
        sum += Math.max(0, nanos);
        count++;
    }

    /** Items in this window. */
    int count() {
        return count;
    }

    /** Their mean, in nanoseconds; 0 without any. */
    double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /** Whether in this window things took so long that they must have waited on the way. */
    boolean slow() {
        return count >= ENOUGH
                && mean() > FULL * best.nanos()
                && mean() - best.nanos() > LEAST_QUEUEING;
    }
}
