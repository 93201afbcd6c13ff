package io.batchmesh.ui.canvas;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.ServiceId;
import java.time.Duration;
import java.util.Map;

/**
 * What is seen.
 *
 * @param snapshot the last numbers; {@link MeshSnapshot#EMPTY} while nothing is watched
 * @param sparks the last rates of services, those without any left out
 * @param staleAfter numbers older than this are not taken for now
 */
public record Observed(MeshSnapshot snapshot, Map<ServiceId, Spark> sparks, Duration staleAfter) {
    /** Some readings in a row were missed at the usual one per second. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(5);

    /** Nothing is watched. */
    public static final Observed NONE = of(MeshSnapshot.EMPTY);

    public static Observed of(MeshSnapshot snapshot) {
        return new Observed(snapshot, Map.of(), STALE_AFTER);
    }

    Spark spark(ServiceId service) {
        return sparks.getOrDefault(service, Spark.NONE);
    }

    /** Whether anybody watches. */
    boolean live() {
        return !snapshot.equals(MeshSnapshot.EMPTY);
    }
}
