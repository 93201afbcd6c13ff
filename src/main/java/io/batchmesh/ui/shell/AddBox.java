package io.batchmesh.ui.shell;

import io.batchmesh.edit.SceneEdit;
import io.batchmesh.edit.ServiceEdit;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Note;
import io.batchmesh.model.Port;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Traffic;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.canvas.TopologyCanvas;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Buttons that add things to the drawing, in the middle of what is in view. */
final class AddBox extends VBox {
    private static final double CARD_WIDTH = 170;

    private final Workspace workspace;
    private final TopologyCanvas canvas;

    AddBox(Workspace workspace, TopologyCanvas canvas) {
        super(6);
        this.workspace = workspace;
        this.canvas = canvas;
        setMinHeight(Region.USE_PREF_SIZE);
        var service = wide(Nodes.button("add-service", "▢  Service", b -> addService()));
        var note = wide(Nodes.button("add-note", "▤  Note", b -> addNote()));
        var hint = Nodes.label("draw a link from a card's edge", "bm-small", "bm-faint");
        getChildren().addAll(Nodes.heading("Add"), new HBox(6, service, note), hint);
    }

    private static Button wide(Button button) {
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        return button;
    }

    private void addService() {
        var id = freshName();
        var service =
                new Service(
                        id,
                        null,
                        ServiceKind.SERVICE,
                        List.of(new Port("http", 8080, Protocol.HTTP1)),
                        List.of(),
                        Traffic.NONE,
                        null,
                        null);
        workspace.edit(new ServiceEdit.AddService(service, middle()));
        workspace.select(Selection.of(id));
    }

    private ServiceId freshName() {
        for (int n = 1; ; n++) {
            var id = new ServiceId("service-" + n);
            if (workspace.topology().service(id) == null) {
                return id;
            }
        }
    }

    private void addNote() {
        var at = middle();
        workspace.edit(new SceneEdit.AddNote(new Note("A note", at.x(), at.y())));
    }

    private Layout.Position middle() {
        var view = canvas.viewport();
        double x = view.drawingX(canvas.getWidth() / 2) - CARD_WIDTH / 2;
        double y = view.drawingY(canvas.getHeight() / 2);
        return new Layout.Position(Math.rint(x), Math.rint(y), true);
    }
}
