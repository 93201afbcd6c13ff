package io.batchmesh.ui.canvas;

import io.batchmesh.model.Layout.Position;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.ui.FxThread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** Keeps where services stand and finds places for those that have none. FX thread. */
final class Arranger {
    /** So many new services are placed at once; more of them off the FX thread. */
    private static final int FEW = 40;

    private final Executor background;
    private final Runnable changed;
    private final Consumer<Map<ServiceId, Position>> onPlaced;
    private final Standings standings = new Standings();
    private final ReadOnlyBooleanWrapper arranging = new ReadOnlyBooleanWrapper(false);
    private Topology topology = Topology.empty("");
    private long arrangement;

    /**
     * @param background where long layouts are computed
     * @param changed called after something got another place
     * @param onPlaced takes the places that services without one were given
     */
    Arranger(Executor background, Runnable changed, Consumer<Map<ServiceId, Position>> onPlaced) {
        this.background = background;
        this.changed = changed;
        this.onPlaced = onPlaced;
    }

    Standings standings() {
        return standings;
    }

    ReadOnlyBooleanProperty arrangingProperty() {
        return arranging.getReadOnlyProperty();
    }

    void setTopology(Topology topology) {
        this.topology = topology;
        standings.setTopology(topology);
        placeMissing();
    }

    /** Arranges all but the pinned services anew. */
    void tidy(Consumer<Map<ServiceId, Position>> then) {
        var drawn = topology;
        var known = standings.current();
        arrange(
                () -> AutoLayout.tidy(drawn, known),
                positions -> {
                    standings.move(positions);
                    changed.run();
                    then.accept(positions);
                });
    }

    private void placeMissing() {
        var missing = standings.missing();
        if (missing.isEmpty()) {
            return;
        }
        var drawn = topology;
        var known = standings.current();
        if (missing.size() <= FEW && missing.size() <= known.size()) {
            placed(missing, AutoLayout.complete(drawn, known));
        } else {
            arrange(
                    () -> AutoLayout.complete(drawn, known),
                    positions -> {
                        placed(standings.missing(), positions);
                        placeMissing();
                    });
        }
    }

    private void placed(Set<ServiceId> missing, Map<ServiceId, Position> positions) {
        var fresh = new LinkedHashMap<ServiceId, Position>();
        positions.forEach((id, position) -> {
            if (missing.contains(id)) {
                fresh.put(id, position);
            }
        });
        if (!fresh.isEmpty()) {
            standings.place(fresh);
            changed.run();
            onPlaced.accept(fresh);
        }
    }

    /** Of several arrangements under way only the last one counts. */
    private void arrange(
            Supplier<Map<ServiceId, Position>> layout, Consumer<Map<ServiceId, Position>> then) {
        var mine = ++arrangement;
        arranging.set(true);
        background.execute(() -> {
            var positions = layout.get();
            FxThread.run(() -> take(mine, positions, then));
        });
    }

    private void take(
            long mine,
            Map<ServiceId, Position> positions,
            Consumer<Map<ServiceId, Position>> then) {
        if (mine == arrangement) {
            arranging.set(false);
            then.accept(positions);
        }
    }
}
