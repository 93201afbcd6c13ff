package io.batchmesh.ui.inspector;

import io.batchmesh.ui.Workspace;
import javafx.scene.layout.StackPane;

/** The panel about what is selected. FX thread only. */
public final class InspectorView extends StackPane {
    /** The panel of a window. It follows the workspace by itself. */
    public InspectorView(Workspace workspace) {
        setId("inspector");
        getStyleClass().add("bm-right-panel");
        setMinWidth(280);
        setPrefWidth(336);
    }
}
