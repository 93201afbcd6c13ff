package io.batchmesh.mesh;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a local mesh is run.
 *
 * @param rate requests per second that all links with a rate make together, or null for the rates
 *     of the topology
 * @param seed of all that happens by chance
 * @param ramp how long the load takes from a tenth of its rate to all of it, so that a program that
 *     has just started, and is slow as long as its code is not compiled, is not buried under calls
 */
public record MeshSettings(@Nullable Double rate, long seed, Duration ramp) {
    /** The rates of the topology, after three seconds. */
    public static final MeshSettings DEFAULT = new MeshSettings(null, 1, Duration.ofSeconds(3));

    public MeshSettings {
        if (rate != null && !(rate > 0 && rate < 1e7)) {
            throw new IllegalArgumentException("no rate: " + rate);
        }
    }

    public MeshSettings withRate(@Nullable Double rate) {
        return new MeshSettings(rate, seed, ramp);
    }
}
