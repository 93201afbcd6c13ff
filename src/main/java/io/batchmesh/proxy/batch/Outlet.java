package io.batchmesh.proxy.batch;

import io.batchmesh.metrics.FlushReason;
import java.util.List;

/** Where batches go. */
public interface Outlet<T extends BatchItem> {
    /** Items that the transport takes now; 0 while it is busy or not there. */
    int room();

    /**
     * The least time between a batch and a next one that is not full, in nanoseconds; by the policy
     * auto alone.
     */
    default long spacingNanos() {
        return 0;
    }

    /** Items wait: the transport should get ready. */
    void wanted();

    /** Takes a batch of at least one item. */
    void send(List<T> items, FlushReason reason);
}
