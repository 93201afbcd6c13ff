package io.batchmesh.proxy.meter;

/** What became of spans. Written on one event loop, read anywhere. */
public final class TraceMeters {
    private final LoopCounter exported = new LoopCounter();
    private final LoopCounter dropped = new LoopCounter();
    private final LoopCounter failed = new LoopCounter();

    /** The collector took so many. */
    public void exported(int spans) {
        exported.add(spans);
    }

    /** One was thrown away because too many wait. */
    public void dropped() {
        dropped.increment();
    }

    /** So many were thrown away because the collector did not take them. */
    public void failed(int spans) {
        failed.add(spans);
    }

    LoopCounter exported() {
        return exported;
    }

    LoopCounter droppedSpans() {
        return dropped;
    }

    LoopCounter failedSpans() {
        return failed;
    }

    /** Whether anything was ever traced. */
    boolean used() {
        return exported.get() + dropped.get() + failed.get() > 0;
    }
}
