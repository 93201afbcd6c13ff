package io.batchmesh.mesh;

import java.util.SplittableRandom;

/**
 * The intervals of a Poisson process: exponentially distributed, so that a moment says nothing
 * about the next one, as with many users who know nothing of one another.
 */
final class Arrivals {
    private final double meanNanos;
    private final SplittableRandom random;

    /**
     * @param rate requests per second
     * @param burst how many of them come at the same moment
     */
    Arrivals(double rate, int burst, SplittableRandom random) {
        this.meanNanos = burst / rate * 1e9;
        this.random = random;
    }

    /** Nanoseconds to the next moment. */
    long gap() {
        return (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    }
}
