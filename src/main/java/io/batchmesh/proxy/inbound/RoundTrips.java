package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.batch.Gathering;
import java.util.concurrent.TimeUnit;

/**
 * How long a PING and its answer take, by which the called end of a stream sees whether its answers
 * wait on the way. While traffic comes, one is under way four times a second at most.
 */
final class RoundTrips {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Longer than that it is taken for lost. */
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int SMOOTHED = 2;

    private final Gathering gathering = new Gathering(SMOOTHED);
    private boolean open;
    private boolean begun;
    private long token;
    private long sentNanos;

    /** Whether another is to be sent. */
    boolean due(long now) {
        return !begun || now - sentNanos >= (open ? LOST_NANOS : EVERY_NANOS);
    }

    /** One is sent; its token. */
    long begin(long now) {
        begun = true;
        open = true;
        sentNanos = now;
        return ++token;
    }

    /** An answer came, if it is one. */
    void answered(long answered, long now) {
        if (open && answered == token) {
            open = false;
            gathering.observe(now - sentNanos, now);
        }
    }

    /** How long answers gather. */
    long spacingNanos(long now) {
        return gathering.spacingNanos(now);
    }
}
