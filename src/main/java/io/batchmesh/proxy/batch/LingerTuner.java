package io.batchmesh.proxy.batch;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Chooses the linger so that the p99 stays below a target: additive increase, multiplicative
 * decrease, as Clipper does with its batch size (Crankshaw et al., NSDI 2017, section 4.3). It
 * never waits where waiting cannot gain an item.
 */
final class LingerTuner {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int ENOUGH = 50;
    private static final int STEPS = 40;
    private static final double BACK_OFF = 0.7;
    private static final double CALM = 0.9;

    /** Two buckets an octave over 2^6 to 2^38 nanoseconds. */
    private static final int BUCKETS = 64;

    private final int[] counts = new int[BUCKETS];
    private int count;
    private long begun;
    private boolean running;
    private long linger;

    /** The linger to use now. */
    long linger() {
        return linger;
    }

    /** Starts afresh. */
    void reset() {
        linger = 0;
        running = false;
    }

    /** A request took so long from its arrival to its answer. */
    void observe(long nanos, long now, long target) {
        if (!running) {
            begin(now);
        }
        counts[bucket(nanos)]++;
        count++;
        long passed = now - begun;
        if (count >= ENOUGH && passed >= PERIOD_NANOS) {
            adjust(target, (double) count / passed);
            begin(now);
        }
    }

    private void begin(long now) {
        running = true;
        begun = now;
        count = 0;
        Arrays.fill(counts, 0);
    }

    private void adjust(long target, double itemsPerNano) {
        long step = Math.max(1, target / STEPS);
        long p99 = p99();
        if (p99 > target) {
            linger = (long) (linger * BACK_OFF);
        } else if (itemsPerNano * (linger + step) < 1) {
            // Less than one more item in the window: it would only add latency.
            linger = Math.max(0, linger - step);
        } else if (p99 < target * CALM) {
            linger = Math.min(linger + step, target / 2);
        }
    }

    private long p99() {
        int beyond = Math.max(1, count / 100);
        int at = BUCKETS - 1;
        for (int seen = counts[at]; seen < beyond && at > 0; seen += counts[at]) {
            at--;
        }
        return upper(at);
    }

    static int bucket(long nanos) {
        long clean = Math.max(64, nanos);
        int octave = 63 - Long.numberOfLeadingZeros(clean);
        int half = (int) (clean >>> (octave - 1)) & 1;
        return Math.min(BUCKETS - 1, 2 * (octave - 6) + half);
    }

    static long upper(int bucket) {
        int octave = 6 + bucket / 2;
        return (bucket & 1) == 0 ? 3L << (octave - 1) : 1L << (octave + 1);
    }
}
