package io.batchmesh.ui.plan;

import io.batchmesh.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** A desk that notes what it is asked for. */
final class SampleDesk implements PushDesk {
    final SimpleObjectProperty<PushState> state =
            new SimpleObjectProperty<>(new PushState.Idle("Push 8"));
    final List<String> calls = new ArrayList<>();

    @Override
    public ObservableValue<PushState> stateProperty() {
        return state;
    }

    @Override
    public void push(Plan plan) {
        calls.add("push " + plan.doable().size());
    }

    @Override
    public void cancel() {
        calls.add("cancel");
    }

    @Override
    public void rollBack() {
        calls.add("roll back");
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
