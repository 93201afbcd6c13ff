package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves cards of an arrangement a little up or down, so that links that are nearly level become
 * level.
 */
final class Straightening {
    private static final double NEARLY = 40;
    private static final double ROOM = 16;

    private final Topology topology;
    private final Map<ServiceId, Box> boxes = new LinkedHashMap<>();
    private final Map<ServiceId, List<LinkId>> incoming = new HashMap<>();

    private Straightening(Topology topology, Map<ServiceId, Position> positions) {
        this.topology = topology;
        for (var service : topology.services().values()) {
            var position = Objects.requireNonNull(positions.get(service.id()));
            boxes.put(service.id(), Places.box(position, CardSizes.of(service)));
        }
        for (var link : topology.links().keySet()) {
            if (boxes.containsKey(link.from()) && boxes.containsKey(link.to())) {
                incoming.computeIfAbsent(link.to(), k -> new ArrayList<>()).add(link);
            }
        }
    }

    /** The places after it; every service of the topology has one before it. */
    static Map<ServiceId, Position> of(Topology topology, Map<ServiceId, Position> positions) {
        var straightening = new Straightening(topology, positions);
        straightening.run();
        var after = new LinkedHashMap<ServiceId, Position>();
        straightening.boxes.forEach(
                (id, box) -> after.put(id, new Position(box.x(), box.y(), false)));
        return after;
    }

    /** From left to right, so that what is moved is not moved away again. */
    private void run() {
        var links =
                topology.links().keySet().stream()
                        .filter(l -> boxes.containsKey(l.from()) && boxes.containsKey(l.to()))
                        .toList();
        var order =
                boxes.keySet().stream()
                        .sorted(
                                Comparator.<ServiceId>comparingDouble(id -> box(id).x())
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        for (var id : order) {
            var ports = new Ports(boxes, links);
            var shift = shift(incoming.getOrDefault(id, List.of()), ports);
            if (shift != null) {
                moveIfFree(id, shift);
            }
        }
    }

    /** The smallest shift that makes one of the links level. */
    private @Nullable Double shift(List<LinkId> links, Ports ports) {
        return links.stream()
                .filter(link -> box(link.from()).right() < box(link.to()).x())
                .map(link -> ports.start(link) - ports.end(link))
                .filter(shift -> Math.abs(shift) <= NEARLY)
                .min(Comparator.comparingDouble(Math::abs))
                .orElse(null);
    }

    private void moveIfFree(ServiceId id, double shift) {
        var moved = box(id).moved(0, shift);
        var room = moved.grown(ROOM);
        for (var other : boxes.entrySet()) {
            if (!other.getKey().equals(id) && other.getValue().intersects(room)) {
                return;
            }
        }
        boxes.put(id, moved);
    }

    private Box box(ServiceId id) {
        return Objects.requireNonNull(boxes.get(id));
    }
}
