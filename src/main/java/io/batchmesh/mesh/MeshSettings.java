package io.batchmesh.mesh;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a local mesh is run.
 *
 * @param rate requests per second that all links with a rate make together, or null for the rates
 *     of the topology
 * @param seed of all that happens by chance
 * @param ramp how long the load takes to rise to its rate when answers are quick and good, up to
 *     ten times longer when they are not: a program that has just started is slow until its code is
 *     compiled
 * @param certificateLife how long a certificate of a sidecar is valid, where the topology asks for
 *     TLS; it is renewed at half of it
 */
public record MeshSettings(
        @Nullable Double rate, long seed, Duration ramp, Duration certificateLife) {
    /** The rates of the topology, after three seconds. */
    public static final MeshSettings DEFAULT = new MeshSettings(null, 1, Duration.ofSeconds(3));

    /** Certificates that are valid for ten minutes. */
    public MeshSettings(@Nullable Double rate, long seed, Duration ramp) {
        this(rate, seed, ramp, Duration.ofMinutes(10));
    }

    public MeshSettings {
        if (rate != null && !(rate > 0 && rate < 1e7)) {
            throw new IllegalArgumentException("no rate: " + rate);
        }
    }

    public MeshSettings withRate(@Nullable Double rate) {
        return new MeshSettings(rate, seed, ramp, certificateLife);
    }

    public MeshSettings withCertificateLife(Duration certificateLife) {
        return new MeshSettings(rate, seed, ramp, certificateLife);
    }
}
