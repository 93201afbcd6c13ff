package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.wire.UnitSizes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides for the codec {@code auto} whether packing is worth it. It is where the link is the
 * bottleneck. That shows in either of two ways: the socket is busy most of the time, or what is
 * sent takes far longer on the wire than it does at best, since it waits in buffers on the way. The
 * second might as well be a peer that is too busy to read, so it only gets packing a trial: it
 * stays when more is answered or the wire takes less time. It is not worth it where packing does
 * not shrink, or where the link would carry the traffic easily as it is. Confined to the event
 * loop.
 */
final class AutoCodec {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MAX_DOUBLINGS = 4;

    /** The socket is busy for more than half of the time. */
    private static final double BUSY = 0.5;

    /** Traffic below this, in bytes a second, is no reason for anything. */
    private static final double LEAST_RATE = 32_768;

    /** Packed to more than this share, the traffic does not shrink. */
    private static final double POOR = 0.9;

    /** Below this share of what the link carried when it was full, it carries it unpacked too. */
    private static final double EASY = 0.5;

    private static final int CALM_WINDOWS = 5;

    /** A proxy whose own loop is busy for more than this share of the time has no time to pack. */
    private static final double OWN_LOOP = 0.6;

    /** A trial is good when it answers so much more, or takes so much of the time on the wire. */
    private static final double MORE = 1.15;

    private static final double LESS = 0.75;

    /** Windows of a trial, of which the last counts: before, another stream is opened. */
    private static final int TRIAL_WINDOWS = 2;

    private final LongSupplier loopBusyNanos;
    private final WireTimes wireTimes = new WireTimes();
    private boolean on;
    private boolean begun;
    private long windowAt;
    private long busyNanos;
    private long busySince;
    private long loopBusyAt;
    private boolean busy;
    private long raw;
    private long wire;
    private double capacity;
    private int calm;
    private boolean pausing;
    private long pausedUntil;
    private int trial;
    private double rateBefore;
    private double timeBefore;
    private int failures;

    AutoCodec() {
        this(() -> 0);
    }

    /**
     * For traffic of one event loop.
     *
     * @param loopBusyNanos for how long the loop has been busy so far
     */
    AutoCodec(LongSupplier loopBusyNanos) {
        this.loopBusyNanos = loopBusyNanos;
    }

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

    /** Answers came: bytes of their frames, and what they were on the wire. */
    void received(long rawBytes, long wireBytes) {
        raw += rawBytes;
        wire += wireBytes;
    }

    /** An item was answered: how long it and its answer were on the wire, both ways together. */
    void answered(long wireNanos, long now) {
        wireTimes.observe(wireNanos, now);
    }

    /**
     * A batch goes out.
     *
     * @return whether the decision has changed
     */
    boolean sent(UnitSizes sizes, long now) {
        return sent(sizes.rawBytes() + sizes.sparedBytes(), sizes.wireBytes(), now);
    }

    /** As above: what it would be without packing, and what it is. */
    boolean sent(long rawBytes, long wireBytes, long now) {
        if (!begun) {
            begun = true;
            begin(now);
        }
        boolean changed = now - windowAt >= WINDOW_NANOS && judge(now);
        raw += rawBytes;
        wire += wireBytes;
        return changed;
    }

    private void begin(long now) {
        windowAt = now;
        loopBusyAt = loopBusyNanos.getAsLong();
        busyNanos = 0;
        raw = 0;
        wire = 0;
        wireTimes.begin();
    }

    private boolean judge(long now) {
        long passed = now - windowAt;
        double seconds = passed / 1e9;
        boolean was = on;
        if (trial > 0) {
            tried(seconds, now);
        }
        if (on) {
            stay(seconds, now);
        } else if (!was && wire / seconds > LEAST_RATE && !paused(now)) {
            consider(passed, now);
        }
        begin(now);
        return on != was;
    }

    private void consider(long passed, long now) {
        long inBusy = busyNanos + (busy ? now - Math.max(busySince, windowAt) : 0);
        boolean full = inBusy > passed * BUSY;
        boolean slow = wireTimes.slow() && loopBusy() < passed * OWN_LOOP;
        if (full || slow) {
            double seconds = passed / 1e9;
            on = true;
            calm = 0;
            capacity = wire / seconds;
            trial = full ? 0 : TRIAL_WINDOWS;
            rateBefore = wireTimes.count() / seconds;
            timeBefore = wireTimes.mean();
        }
    }

    private long loopBusy() {
        return loopBusyNanos.getAsLong() - loopBusyAt;
    }

    private void tried(double seconds, long now) {
        trial--;
        if (trial > 0 || wireTimes.count() == 0) {
            return;
        }
        if (wireTimes.count() / seconds < rateBefore * MORE
                && wireTimes.mean() > timeBefore * LESS) {
            pause(now);
        } else {
            failures = 0;
        }
    }

    private void stay(double seconds, long now) {
        if (raw / seconds < LEAST_RATE) {
            calm++;
        } else if (wire > raw * POOR) {
            pause(now);
        } else {
            calm = raw / seconds < capacity * EASY ? calm + 1 : 0;
        }
        if (calm >= CALM_WINDOWS) {
            on = false;
        }
    }

    private void pause(long now) {
        on = false;
        trial = 0;
        pausing = true;
        pausedUntil = now + (PAUSE_NANOS << Math.min(failures, MAX_DOUBLINGS));
        failures++;
    }

    private boolean paused(long now) {
        pausing = pausing && now - pausedUntil < 0;
        return pausing;
    }
}
