package io.batchmesh.proxy.loop;

import io.batchmesh.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** How long one sidecar kept its event loop busy. Entered on the loop, read anywhere. */
public final class BusyMeter {
    private final Ticker ticker;
    private final AtomicLong nanos = new AtomicLong();
    private int depth;
    private long begun;

    BusyMeter(Ticker ticker) {
        this.ticker = ticker;
    }

    void enter() {
        if (depth++ == 0) {
            begun = ticker.nanos();
        }
    }

    void exit() {
        if (--depth == 0) {
            nanos.setOpaque(nanos.getPlain() + ticker.nanos() - begun);
        }
    }

    /** Nanoseconds so far. */
    public long nanos() {
        return nanos.getOpaque();
    }
}
