package io.batchmesh.proxy.batch;

import java.util.concurrent.TimeUnit;

/**
 * The least time that something took lately, in nanoseconds. What a way takes at best is that of
 * the way when it is empty; what is beyond was spent in queues, as LEDBAT reckons it (RFC 6817,
 * section 2.2). Confined to one thread.
 */
public final class LeastTime {
    /** What is between one and two of these old is forgotten: routes change. */
    private static final long GENERATION_NANOS = TimeUnit.MINUTES.toNanos(5);

    private boolean known;
    private long generationAt;
    private long least;
    private long leastBefore;

    /**
     * Something took so long.
     *
     * @return how much longer that was than at best
     */
    public long observe(long nanos, long now) {
        long clean = Math.max(0, nanos);
        if (!known) {
            known = true;
            generationAt = now;
            least = clean;
            leastBefore = clean;
        } else if (now - generationAt >= GENERATION_NANOS) {
            generationAt = now;
            leastBefore = least;
            least = clean;
        }
        least = Math.min(least, clean);
        return clean - nanos();
    }

    /** The time at best; 0 while nothing was observed. */
    public long nanos() {
        return known ? Math.min(least, leastBefore) : 0;
    }
}
