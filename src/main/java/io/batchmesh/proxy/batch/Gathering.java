package io.batchmesh.proxy.batch;

import java.util.concurrent.TimeUnit;

/**
 * How long a sender that packs lets things gather between two units. Where they would wait in the
 * queues of a full link anyway, a part of that wait is spent here instead: what gathers shrinks
 * better and costs less, and the queues get shorter by it. Where nothing waits on the way, nothing
 * waits here. Confined to one thread.
 */
public final class Gathering {
    /** The longest wait. */
    public static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Below this a timer costs more than it gains. */
    private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** The share of the queueing on the way that may be spent here. */
    private static final int SHARE = 4;

    /** Older than this, what was seen says nothing any more. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LeastTime best = new LeastTime();
    private final int weight;
    private boolean known;
    private long seenAt;
    private double queueing;

    /**
     * Knows nothing yet, so nothing waits.
     *
     * @param weight one in how many the newest observation counts
     */
    public Gathering(int weight) {
        this.weight = weight;
    }

    /** Something was so long on the way, there and back. */
    public void observe(long nanos, long now) {
        long over = best.observe(nanos, now);
        boolean fresh = known && now - seenAt < STALE_NANOS;
        queueing = fresh ? queueing + (over - queueing) / weight : 0;
        known = true;
        seenAt = now;
    }

    /** The least time between two units, of which the second is not full; 0 for none. */
    public long spacingNanos(long now) {
        if (!known || now - seenAt >= STALE_NANOS) {
            return 0;
        }
        long spacing = (long) (queueing / SHARE);
        return spacing < LEAST_NANOS ? 0 : Math.min(spacing, MOST_NANOS);
    }
}
