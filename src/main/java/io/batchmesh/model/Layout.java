package io.batchmesh.model;

import io.batchmesh.policy.Ordered;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where services stand on the canvas. Never part of what is pushed. */
public record Layout(Map<ServiceId, Position> services) {
    /** Nothing has a place yet. */
    public static final Layout EMPTY = new Layout(Map.of());

    public Layout {
        services = Ordered.copy(services);
    }

    /**
     * A place on the canvas.
     *
     * @param x left edge of the card
     * @param y upper edge of the card
     * @param pinned whether automatic layout leaves it there
     */
    public record Position(double x, double y, boolean pinned) {}

    public Layout with(ServiceId service, Position position) {
        var copy = new LinkedHashMap<>(services);
        copy.put(service, position);
        return new Layout(copy);
    }
}
