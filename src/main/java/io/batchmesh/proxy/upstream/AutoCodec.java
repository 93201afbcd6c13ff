package io.batchmesh.proxy.upstream;

import java.util.concurrent.TimeUnit;

/**
 * Decides for the codec {@code auto} whether packing is worth it. It is where the link is the
 * bottleneck: the socket is busy most of the time. It is not where packing does not shrink, or
 * where the link would carry the traffic easily as it is. Only the way out is watched. Confined to
 * the event loop.
 */
final class AutoCodec {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The socket is busy for more than half of the time. */
    private static final double BUSY = 0.5;

    /** Traffic below this, in bytes a second, is no reason for anything. */
    private static final double LEAST_RATE = 32_768;

    /** Packed to more than this share, the traffic does not shrink. */
    private static final double POOR = 0.9;

    /** Below this share of what the link carried when it was full, it carries it unpacked too. */
    private static final double EASY = 0.5;

    private static final int CALM_WINDOWS = 5;

    private boolean on;
    private boolean begun;
    private long windowAt;
    private long busyNanos;
    private long busySince;
    private boolean busy;
    private long raw;
    private long wire;
    private double capacity;
    private int calm;
    private boolean pausing;
    private long pausedUntil;

    /** Whether to pack now. */
    boolean on() {
        return on;
    }

    /** The socket did not take everything at once. */
    void busy(long now) {
        if (!busy) {
            busy = true;
            busySince = now;
        }
    }

    /** The socket has taken everything. */
    void free(long now) {
        if (busy) {
            busy = false;
            busyNanos += now - Math.max(busySince, windowAt);
        }
    }

    /**
     * A batch goes out.
     *
     * @return whether the decision has changed
     */
    boolean sent(long rawBytes, long wireBytes, long now) {
        if (!begun) {
            begun = true;
            windowAt = now;
        }
        boolean changed = now - windowAt >= WINDOW_NANOS && judge(now);
        raw += rawBytes;
        wire += wireBytes;
        return changed;
    }

    private boolean judge(long now) {
        double seconds = (now - windowAt) / 1e9;
        long inBusy = busyNanos + (busy ? now - Math.max(busySince, windowAt) : 0);
        double share = inBusy / (seconds * 1e9);
        boolean was = on;
        if (on) {
            stay(seconds, now);
        } else if (share > BUSY && wire / seconds > LEAST_RATE && !paused(now)) {
            on = true;
            calm = 0;
            capacity = wire / seconds;
        }
        windowAt = now;
        busyNanos = 0;
        raw = 0;
        wire = 0;
        return on != was;
    }

    private void stay(double seconds, long now) {
        if (raw / seconds < LEAST_RATE) {
            calm++;
        } else if (wire > raw * POOR) {
            on = false;
            pausing = true;
            pausedUntil = now + PAUSE_NANOS;
        } else {
            calm = raw / seconds < capacity * EASY ? calm + 1 : 0;
        }
        if (calm >= CALM_WINDOWS) {
            on = false;
        }
    }

    private boolean paused(long now) {
        pausing = pausing && now - pausedUntil < 0;
        return pausing;
    }
}
