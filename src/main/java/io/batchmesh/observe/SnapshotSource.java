package io.batchmesh.observe;

import io.batchmesh.metrics.MeshSnapshot;
import java.util.function.Consumer;

/**
 * Where snapshots of a mesh come from: proxies that are scraped, a monitoring system, a recording.
 */
public interface SnapshotSource extends AutoCloseable {
    /**
     * Begins to observe. May be called once.
     *
     * @param consumer gets each snapshot, one after the other, on a thread of the source; it must
     *     return quickly
     */
    void start(Consumer<MeshSnapshot> consumer);

    /** Ends the observation; one snapshot may still be under way. Closing twice does nothing. */
    @Override
    void close();
}
