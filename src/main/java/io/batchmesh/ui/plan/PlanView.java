package io.batchmesh.ui.plan;

import io.batchmesh.ui.Workspace;
import javafx.scene.layout.BorderPane;

/** The push beside the live canvas: what would change, where, and how it went. FX thread only. */
public final class PlanView extends BorderPane {
    /**
     * @param workspace whose plan is shown
     * @param desk what carries it out
     */
    public PlanView(Workspace workspace, PushDesk desk) {
        setId("plan");
        getStyleClass().add("bm-right-panel");
    }
}
