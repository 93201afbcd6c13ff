package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where services stand now: as the topology says, else as they were placed automatically, shifted
 * while they are dragged. FX thread.
 */
final class Standings {
    private Topology topology = Topology.empty("");
    private final Map<ServiceId, Position> placed = new LinkedHashMap<>();
    private final Map<ServiceId, Position> moved = new LinkedHashMap<>();
    private Map<ServiceId, Position> current = Map.of();

    /** Forgets what was placed automatically. */
    void clear() {
        placed.clear();
        moved.clear();
        update();
    }

    /** What was moved by hand now stands in the topology, or was refused. */
    void setTopology(Topology topology) {
        this.topology = topology;
        moved.clear();
        placed.keySet().retainAll(topology.services().keySet());
        update();
    }

    void place(Map<ServiceId, Position> positions) {
        placed.putAll(positions);
        update();
    }

    void move(Map<ServiceId, Position> positions) {
        moved.putAll(positions);
        update();
    }

    void takeBackMoves() {
        moved.clear();
        update();
    }

    /** The services that have no place yet. */
    Set<ServiceId> missing() {
        var missing = new LinkedHashSet<>(topology.services().keySet());
        missing.removeAll(current.keySet());
        return missing;
    }

    /** The same map until something changes. */
    Map<ServiceId, Position> current() {
        return current;
    }

    private void update() {
        var all = new LinkedHashMap<>(placed);
        all.putAll(topology.layout().services());
        all.putAll(moved);
        all.keySet().retainAll(topology.services().keySet());
        current = Collections.unmodifiableMap(all);
    }
}
