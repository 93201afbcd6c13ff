package io.batchmesh.ui.canvas;

import io.batchmesh.model.ServiceId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The last rates of each service, for the small lines on the cards. One thread. */
final class RateHistory {
    static final int POINTS = 48;

    private final Map<ServiceId, float[]> rings = new HashMap<>();
    private long written;

    /** Takes the rates of one moment; a service that is not among them gets a gap. */
    void add(Map<ServiceId, Double> rates) {
        var slot = (int) (written++ % POINTS);
        rings.values().forEach(ring -> ring[slot] = Float.NaN);
        rates.forEach((service, rate) -> ringOf(service)[slot] = rate.floatValue());
    }

    /** Forgets all others. */
    void keep(Set<ServiceId> services) {
        rings.keySet().retainAll(services);
    }

    Spark of(ServiceId service) {
        var ring = rings.get(service);
        if (ring == null || written == 0) {
            return Spark.NONE;
        }
        var ordered = new float[POINTS];
        for (var i = 0; i < POINTS; i++) {
            ordered[i] = ring[(int) ((written + i) % POINTS)];
        }
        return new Spark(ordered);
    }

    private float[] ringOf(ServiceId service) {
        return rings.computeIfAbsent(
                service,
                s -> {
                    var ring = new float[POINTS];
                    Arrays.fill(ring, Float.NaN);
                    return ring;
                });
    }
}
