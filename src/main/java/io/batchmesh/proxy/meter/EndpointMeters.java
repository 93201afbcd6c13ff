package io.batchmesh.proxy.meter;

import org.jspecify.annotations.Nullable;

/** What is counted of one endpoint of a link. Written on one event loop, read anywhere. */
public final class EndpointMeters {
    private final LoopCounter ejections = new LoopCounter();
    private final LoopCounter passed = new LoopCounter();
    private final LoopCounter failed = new LoopCounter();
    private volatile @Nullable Boolean healthy;
    private int users;

    /** So many more, or fewer, count here; how many do now. */
    int used(int change) {
        users += change;
        return users;
    }

    /** It was left out because it failed. */
    public void ejected() {
        ejections.increment();
    }

    /** A health check came to an end. */
    public void checked(boolean well) {
        (well ? passed : failed).increment();
    }

    /** Whether it passes its health checks; null where it is not checked. */
    public void healthy(@Nullable Boolean well) {
        healthy = well;
    }

    /** How often it was left out because it failed. */
    public long ejections() {
        return ejections.get();
    }

    /** Health checks that it passed. */
    public long passed() {
        return passed.get();
    }

    /** Health checks that it did not pass. */
    public long failed() {
        return failed.get();
    }

    @Nullable Boolean healthy() {
        return healthy;
    }
}
