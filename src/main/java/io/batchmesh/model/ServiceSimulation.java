package io.batchmesh.model;

import java.time.Duration;

/**
 * How the stand-in of a service behaves in the local mesh. Never pushed.
 *
 * @param serviceTime time that a call takes, whatever its size
 * @param itemTime further time for each item of a bulk call (a bulk of b items takes {@code
 *     serviceTime + b * itemTime}); a single call is a bulk of one
 * @param responseBytes size of an answer
 * @param concurrency calls that are served at a time; others wait; 0 for no bound
 * @param errorPercent share of calls that are answered with 500, 0 to 100
 */
public record ServiceSimulation(
        Duration serviceTime,
        Duration itemTime,
        long responseBytes,
        int concurrency,
        double errorPercent) {
    /** A quick service. */
    public static final ServiceSimulation DEFAULT =
            new ServiceSimulation(Duration.ofMillis(2), Duration.ZERO, 1024, 0, 0);
}
