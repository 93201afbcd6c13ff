package io.batchmesh.ui.inspector;

import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import java.util.concurrent.Executor;
import javafx.scene.layout.StackPane;

/**
 * The panel about what is selected: a link with its batch window and routes, a service, several
 * things, or the mesh as a whole. It follows the workspace by itself. FX thread only.
 */
public final class InspectorView extends StackPane {
    private static final double LEAST_WIDTH = 280;
    private static final double USUAL_WIDTH = 344;

    private final Scope scope;
    private Selection shown = Selection.NONE;
    private Panel panel;

    /**
     * The panel of a window.
     *
     * @param background where forecasts are computed
     */
    public InspectorView(Workspace workspace, Executor background) {
        scope = new Scope(workspace, new RunningLinks(), background);
        panel = new NothingPanel(scope);
        setId("inspector");
        getStyleClass().addAll("bm-right-panel", "bm-inspector");
        setMinWidth(LEAST_WIDTH);
        setPrefWidth(USUAL_WIDTH);
        getChildren().setAll(panel.node());
        workspace
                .deploymentProperty()
                .subscribe(deployment -> {
                    scope.runs().update(deployment);
                    panel.refresh();
                });
        workspace.selectionProperty().subscribe(this::show);
        workspace.topologyProperty().subscribe(t -> panel.refresh());
        workspace.findingsProperty().subscribe(f -> panel.refresh());
        workspace.switchedProperty().subscribe(s -> panel.refresh());
        workspace.snapshotProperty().subscribe(s -> panel.refresh());
        workspace.adviceProperty().subscribe(a -> panel.refresh());
    }

    private void show(Selection selection) {
        if (!selection.equals(shown)) {
            shown = selection;
            panel = panel(selection);
            getChildren().setAll(panel.node());
        }
        panel.refresh();
    }

    private Panel panel(Selection selection) {
        var link = selection.onlyLink();
        var service = selection.onlyService();
        if (link != null) {
            return new LinkPanel(scope, link);
        }
        if (service != null) {
            return new ServicePanel(scope, service);
        }
        return selection.isEmpty() ? new NothingPanel(scope) : new SeveralPanel(scope, selection);
    }
}
