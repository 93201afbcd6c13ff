package io.batchmesh.proxy.meter;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread adds to and any thread reads: cheaper than an atomic addition. */
public final class LoopCounter {
    private final AtomicLong value = new AtomicLong();

    /** Adds one. Only from the owning event loop. */
    public void increment() {
        add(1);
    }

    /** Adds. Only from the owning event loop. */
    public void add(long more) {
        value.setOpaque(value.getPlain() + more);
    }

    /** The count, from any thread. */
    public long get() {
        return value.getOpaque();
    }
}
