package io.batchmesh.mesh;

import org.jspecify.annotations.Nullable;

/**
 * How a local mesh is run.
 *
 * @param rate requests per second that all links with a rate make together, or null for the rates
 *     of the topology
 * @param seed of all that happens by chance
 */
public record MeshSettings(@Nullable Double rate, long seed) {
    /** The rates of the topology. */
    public static final MeshSettings DEFAULT = new MeshSettings(null, 1);

    public MeshSettings {
        if (rate != null && !(rate > 0 && rate < 1e7)) {
            throw new IllegalArgumentException("no rate: " + rate);
        }
    }

    public MeshSettings withRate(@Nullable Double rate) {
        return new MeshSettings(rate, seed);
    }
}
