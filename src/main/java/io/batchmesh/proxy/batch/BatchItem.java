package io.batchmesh.proxy.batch;

import io.batchmesh.metrics.FlushReason;

/** Something that waits to be batched. Used on one thread. */
public abstract class BatchItem {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    long queuedNanos;
    long flushBy;
    FlushReason why = FlushReason.LINGER;

    /** Its size, for the bounds of batch and queue. */
    public abstract int bytes();

    /** The reading of the clock at which its caller gives up, or {@link #NEVER}. */
    public abstract long deadlineNanos();
}
