package io.batchmesh.proxy.upstream;

import java.util.concurrent.TimeUnit;

/**
 * How long items and their answers are on the wire, in the current window and at best. What they
 * take at best is that of the link when it is empty; what is beyond was spent in queues, as LEDBAT
 * reckons it (RFC 6817, section 2.2). Confined to one thread.
 */
final class WireTimes {
    /** The best of so long ago counts, at most twice as long: routes change. */
    private static final long GENERATION_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** Queueing below this is no reason for anything. */
    private static final double LEAST_QUEUEING = TimeUnit.MILLISECONDS.toNanos(10);

    /** Beyond so many times of what is usual the link is full. */
    private static final double FULL = 2;

    private static final int ENOUGH = 20;

    private boolean known;
    private long generationAt;
    private long best = Long.MAX_VALUE;
    private long bestBefore = Long.MAX_VALUE;
    private long sum;
    private int count;

    /** A window begins. */
    void begin() {
        sum = 0;
        count = 0;
    }

    void observe(long nanos, long now) {
        if (!known) {
            known = true;
            generationAt = now;
        } else if (now - generationAt >= GENERATION_NANOS) {
            generationAt = now;
            bestBefore = best;
            best = Long.MAX_VALUE;
        }
        long clean = Math.max(0, nanos);
        best = Math.min(best, clean);
        sum += clean;
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

    /** The time at best, in nanoseconds; 0 while it is not known. */
    long best() {
        return known ? Math.min(best, bestBefore) : 0;
    }

    /** Whether in this window things took so long that they must have waited on the way. */
    boolean slow() {
        return count >= ENOUGH && mean() > FULL * best() && mean() - best() > LEAST_QUEUEING;
    }
}
