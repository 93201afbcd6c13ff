package io.batchmesh.ui.plan;

import io.batchmesh.plan.Plan;
import javafx.beans.value.ObservableValue;

/** What carries pushes out. Called, and heard, on the FX thread alone; no call waits. */
public interface PushDesk {
    /** Where the push is that runs, or ran last. */
    ObservableValue<PushState> stateProperty();

    /** Carries a plan out; ignored while a push runs. */
    void push(Plan plan);

    /** Stops the push that runs: proxies that were not asked yet are not asked any more. */
    void cancel();

    /** Takes the push back that ended last. It is a push of its own, and is shown as one. */
    void rollBack();

    /** Puts the panel away. A push that is over is not shown any more: the next state is idle. */
    void close();
}
