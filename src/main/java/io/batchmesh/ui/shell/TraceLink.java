package io.batchmesh.ui.shell;

import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.TraceTemplate;
import io.batchmesh.ui.Workspace;
import java.net.URI;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * The trace of something: its id is copied, or it is opened where the operator looks at traces; the
 * address is shown before it is opened.
 */
final class TraceLink extends VBox {
    private final Workspace workspace;
    private final Button copy;
    private final Button open;
    private final Label address = Nodes.label("", "bm-small", "bm-mono");
    private final Button go;
    private String trace = "";

    TraceLink(Workspace workspace, Copying copying) {
        super(4);
        this.workspace = workspace;
        copy = Nodes.button("trace-copy", "Copy trace id", b -> copying.text(trace));
        open = Nodes.button("trace-open", "Open trace…", b -> reveal());
        go = Nodes.button("trace-go", "Open in the browser", b -> go());
        address.setWrapText(true);
        address.setId("trace-address");
        var row = new HBox(8, copy, open);
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(row, address, go);
        show("");
    }

    /** Offers a trace; empty for none. */
    void show(String traceId) {
        if (!traceId.equals(trace)) {
            reveal(false);
        }
        trace = traceId;
        Nodes.show(this, !traceId.isEmpty());
        Nodes.show(open, address() != null);
    }

    private @Nullable URI address() {
        TraceTemplate template = workspace.tracesProperty().get();
        return template == null ? null : template.of(trace);
    }

    private void reveal() {
        var to = address();
        address.setText(to == null ? "" : to.toString());
        reveal(to != null);
    }

    private void reveal(boolean shown) {
        Nodes.show(address, shown);
        Nodes.show(go, shown);
    }

    private void go() {
        var to = address();
        if (to != null) {
            workspace.browserProperty().get().accept(to);
            reveal(false);
        }
    }
}
