package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives places to services that have none, and never moves one that has. Where nothing has a place
 * the whole is arranged; what is added later stands beside its neighbours where there is room.
 */
public final class AutoLayout {
    private static final double GAP_X = 168;
    private static final double GAP_Y = 48;
    private static final int RINGS = 60;

    /** Beyond this only a compact arrangement can be looked at as a whole. */
    private static final int MANY = 150;

    private AutoLayout() {}

    /**
     * A place for every service of the topology: the known one, else a new one. Takes up to seconds
     * where many have none: not on the FX thread then.
     */
    public static Map<ServiceId, Position> complete(
            Topology topology, Map<ServiceId, Position> known) {
        var missing = new LinkedHashSet<>(topology.services().keySet());
        missing.removeAll(known.keySet());
        if (missing.isEmpty()) {
            return restricted(topology, known);
        }
        var placed = restricted(topology, known);
        if (placed.isEmpty()) {
            return whole(topology);
        }
        return missing.size() > placed.size() && missing.size() > 3
                ? arranged(topology, placed)
                : beside(topology, placed, missing);
    }

    /** Arranges all but the pinned services anew. Not on the FX thread. */
    public static Map<ServiceId, Position> tidy(Topology topology, Map<ServiceId, Position> known) {
        var pinned = new LinkedHashMap<ServiceId, Position>();
        restricted(topology, known)
                .forEach((id, position) -> {
                    if (position.pinned()) {
                        pinned.put(id, position);
                    }
                });
        return pinned.isEmpty() ? whole(topology) : arranged(topology, pinned);
    }

    private static Map<ServiceId, Position> whole(Topology topology) {
        return topology.services().size() > MANY
                ? ColumnLayout.of(topology)
                : ElkLayout.of(topology);
    }

    /** The whole arranged, moved to where the kept ones stand, and clear of them. */
    private static Map<ServiceId, Position> arranged(
            Topology topology, Map<ServiceId, Position> kept) {
        var fresh = whole(topology);
        double dx = 0;
        double dy = 0;
        for (var entry : kept.entrySet()) {
            var there = fresh.get(entry.getKey());
            if (there != null) {
                dx += (entry.getValue().x() - there.x()) / kept.size();
                dy += (entry.getValue().y() - there.y()) / kept.size();
            }
        }
        var room = new Room(topology, kept);
        for (var entry : fresh.entrySet()) {
            if (!kept.containsKey(entry.getKey())) {
                var at = entry.getValue();
                room.put(entry.getKey(), at.x() + dx, at.y() + dy);
            }
        }
        return room.inOrder();
    }

    private static Map<ServiceId, Position> beside(
            Topology topology, Map<ServiceId, Position> placed, Set<ServiceId> missing) {
        var room = new Room(topology, placed);
        var left = new LinkedHashSet<>(missing);
        while (!left.isEmpty()) {
            var next = left.stream().filter(room::hasNeighbour).findFirst().orElse(null);
            var id = next == null ? left.getFirst() : next;
            left.remove(id);
            room.putBesideNeighbours(id);
        }
        return room.inOrder();
    }

    private static Map<ServiceId, Position> restricted(
            Topology topology, Map<ServiceId, Position> known) {
        var kept = new LinkedHashMap<ServiceId, Position>();
        for (var id : topology.services().keySet()) {
            var position = known.get(id);
            if (position != null) {
                kept.put(id, position);
            }
        }
        return kept;
    }

    /** The cards that have a place, and the search for more of it. */
    private static final class Room {
        private final Topology topology;
        private final Map<ServiceId, Position> positions;
        private final Map<ServiceId, List<ServiceId>> callers = new HashMap<>();
        private final Map<ServiceId, List<ServiceId>> called = new HashMap<>();
        private final List<Box> boxes = new ArrayList<>();
        private final SpatialGrid grid = new SpatialGrid();

        Room(Topology topology, Map<ServiceId, Position> placed) {
            this.topology = topology;
            this.positions = new LinkedHashMap<>(placed);
            placed.forEach((id, position) -> occupy(Places.box(position, size(id))));
            for (var link : topology.links().keySet()) {
                callers.computeIfAbsent(link.to(), k -> new ArrayList<>()).add(link.from());
                called.computeIfAbsent(link.from(), k -> new ArrayList<>()).add(link.to());
            }
            for (var i = 0; i < topology.notes().size(); i++) {
                occupy(NoteLines.of(i, topology.notes().get(i)).box());
            }
        }

        boolean hasNeighbour(ServiceId id) {
            return callers.getOrDefault(id, List.of()).stream().anyMatch(positions::containsKey)
                    || called.getOrDefault(id, List.of()).stream().anyMatch(positions::containsKey);
        }

        /** Right of its callers, else left of what it calls, else below everything. */
        void putBesideNeighbours(ServiceId id) {
            var before = union(callers.getOrDefault(id, List.of()));
            if (before != null) {
                put(id, before.right() + GAP_X, before.y());
                return;
            }
            var after = union(called.getOrDefault(id, List.of()));
            if (after != null) {
                put(id, after.x() - GAP_X - size(id).width(), after.y());
                return;
            }
            var all = boxes.stream().reduce(Box::union).orElse(new Box(0, 0, 0, 0));
            put(id, all.x(), all.bottom() + GAP_Y);
        }

        /** The free place nearest to the wanted one, below rather than above it. */
        void put(ServiceId id, double x, double y) {
            var size = size(id);
            var wanted = new Position(ElkLayout.snapped(x), ElkLayout.snapped(y), false);
            var best = wanted;
            for (var ring = 0; ring <= RINGS; ring++) {
                var free = freeOn(ring, wanted, size);
                if (free != null) {
                    best = free;
                    break;
                }
            }
            positions.put(id, best);
            occupy(Places.box(best, size));
        }

        private @Nullable Position freeOn(int ring, Position wanted, CardSizes.Size size) {
            var step = ring * 3 * ElkLayout.GRID;
            double[][] shifts = {{0, step}, {0, -step}, {step, 0}, {step, step}, {step, -step}};
            for (var shift : ring == 0 ? new double[][] {{0, 0}} : shifts) {
                var at = new Position(wanted.x() + shift[0], wanted.y() + shift[1], false);
                var box = Places.box(at, size).grown(GAP_Y / 2);
                if (!grid.any(box, n -> boxes.get(n).intersects(box))) {
                    return at;
                }
            }
            return null;
        }

        /** In the order of the topology. */
        Map<ServiceId, Position> inOrder() {
            return restricted(topology, positions);
        }

        private @Nullable Box union(List<ServiceId> services) {
            @Nullable Box union = null;
            for (var id : services) {
                var position = positions.get(id);
                if (position != null) {
                    var box = Places.box(position, size(id));
                    union = union == null ? box : union.union(box);
                }
            }
            return union;
        }

        private CardSizes.Size size(ServiceId id) {
            var service = topology.service(id);
            return service == null ? new CardSizes.Size(0, 0) : CardSizes.of(service);
        }

        private void occupy(Box box) {
            grid.add(boxes.size(), box);
            boxes.add(box);
        }
    }
}
