package io.batchmesh.mesh;

import java.time.Duration;

/**
 * How a load rises. A program that has just started is slow until its code is compiled; the whole
 * rate at once would bury it under calls that it works off for a long time. So the first calls are
 * made one after the other, and then the load rises from a tenth as good answers come in, with few
 * calls under way: within the ramp when they are quick, and after ten times as long in any case.
 * Not for several threads.
 */
final class Ramp {
    private static final double LEAST = 0.1;
    private static final double LONGEST = 10;
    private static final int SINGLE = 20;
    private static final int MOST_OPEN = 32;

    private final double wanted;
    private final double longest;
    private long answered;

    /**
     * @param rate of the whole load, in requests per second
     * @param length zero for no ramp
     */
    Ramp(double rate, Duration length) {
        double seconds = length.toNanos() / 1e9;
        longest = seconds * LONGEST;
        wanted = rate * seconds * (1 + LEAST) / 2;
    }

    /** A good answer came. */
    void answered() {
        answered++;
    }

    /** Whether the load has its whole rate. */
    boolean over(double seconds) {
        return answered >= wanted || seconds >= longest;
    }

    /** How many calls may be under way while the load rises; what is beyond waits for later. */
    int mostOpen(double seconds) {
        if (over(seconds)) {
            return Integer.MAX_VALUE;
        }
        return answered < SINGLE ? 1 : MOST_OPEN;
    }

    /** The share of the rate, up to 1, so many seconds after the begin. */
    double share(double seconds) {
        if (over(seconds)) {
            return 1;
        }
        double risen = Math.max(answered / wanted, seconds / longest);
        return Math.min(1, LEAST + (1 - LEAST) * risen);
    }
}
