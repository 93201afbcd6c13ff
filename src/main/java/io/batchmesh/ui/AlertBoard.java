package io.batchmesh.ui;

import io.batchmesh.alert.Alert;
import io.batchmesh.alert.AlertEngine;
import io.batchmesh.alert.AlertEvent;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The alerts of a window: what is seen is held against the drawing's rules. FX thread. */
public final class AlertBoard {
    private final AlertEngine engine = new AlertEngine();
    private final ReadOnlyObjectWrapper<List<Alert>> alerts =
            new ReadOnlyObjectWrapper<>(List.of());
    private final List<Consumer<List<AlertEvent>>> listeners = new ArrayList<>();

    AlertBoard() {}

    void look(Topology drawn, MeshSnapshot seen) {
        var happened = engine.look(drawn, seen);
        alerts.set(engine.alerts());
        if (!happened.isEmpty()) {
            listeners.forEach(l -> l.accept(happened));
        }
    }

    /** How all rules stand now, those that fire first. */
    public ReadOnlyObjectProperty<List<Alert>> alertsProperty() {
        return alerts.getReadOnlyProperty();
    }

    /** Tells of what happens from now on. */
    public void onEvents(Consumer<List<AlertEvent>> listener) {
        listeners.add(listener);
    }

    /** What happened, oldest first, as far as it is remembered. */
    public List<AlertEvent> events() {
        return engine.events();
    }

    /** Whether some rules on some things are left out, since there are too many. */
    public boolean isFull() {
        return engine.isFull();
    }

    /**
     * What calls for somebody: what fires, and what fired and is silent; of a moment of the past as
     * far as it is remembered, and nothing in a recording, which has no rules.
     */
    List<Alert> callingAt(ShownTime time) {
        return switch (time) {
            case ShownTime.Live _ ->
                    alerts.get().stream()
                            .filter(a ->
                                    a.phase() == Alert.Phase.FIRING
                                            || a.phase() == Alert.Phase.NO_DATA)
                            .filter(a -> a.phase() == Alert.Phase.FIRING || hadFired(a))
                            .toList();
            case ShownTime.Past past ->
                    past.recording().isEmpty() ? engine.calledAt(past.at()) : List.of();
        };
    }

    private boolean hadFired(Alert silent) {
        return engine.calledAt(silent.since()).stream()
                .anyMatch(a ->
                        a.rule().equals(silent.rule()) && a.subject().equals(silent.subject()));
    }
}
