package io.batchmesh.mesh;

import io.batchmesh.model.LinkSimulation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a wire is like, the same in both directions.
 *
 * @param delay one-way propagation delay, not negative
 * @param bandwidth bits per second in each direction, positive, or null for unbounded
 */
public record Wire(Duration delay, @Nullable Long bandwidth) {
    private static final long UNBOUNDED_HELD = 4 << 20;
    private static final long LEAST_QUEUE = 64 << 10;
    private static final long MOST_QUEUE = 512 << 10;
    private static final long MOST_IN_FLIGHT = 16 << 20;
    private static final Duration QUEUE = Duration.ofMillis(80);

    public Wire {
        if (delay.isNegative() || (bandwidth != null && bandwidth <= 0)) {
            throw new IllegalArgumentException("no wire: delay " + delay + ", " + bandwidth);
        }
    }

    /** The wire of a link. */
    public static Wire of(LinkSimulation simulation) {
        return new Wire(simulation.delay(), simulation.bandwidth());
    }

    /** Whether it holds nothing up, so that no relay is needed. */
    public boolean perfect() {
        return delay.isZero() && bandwidth == null;
    }

    /**
     * Bytes that may wait for their turn: what the wire carries in 80 ms, between 64 and 512 KiB.
     * That is the size of queue of the measurements which the product's claims rest on.
     */
    long queueBytes() {
        if (bandwidth == null) {
            return UNBOUNDED_HELD / 2;
        }
        return Math.clamp((long) inFlight(bandwidth, QUEUE), LEAST_QUEUE, MOST_QUEUE);
    }

    /** Bytes that may be under way besides: bandwidth times delay. */
    long inFlightBytes() {
        return bandwidth == null
                ? UNBOUNDED_HELD / 2
                : Math.min((long) inFlight(bandwidth, delay), MOST_IN_FLIGHT);
    }

    private static double inFlight(long bandwidth, Duration time) {
        return bandwidth / 8.0 * time.toNanos() / 1e9;
    }
}
