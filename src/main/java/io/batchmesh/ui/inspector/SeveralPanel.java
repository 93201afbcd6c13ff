package io.batchmesh.ui.inspector;

import io.batchmesh.edit.LinkEdit;
import io.batchmesh.edit.ServiceEdit;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Selection;
import java.util.ArrayList;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Several things at once. */
final class SeveralPanel implements Panel {
    private final Scope scope;
    private final Selection selection;
    private final VBox node = new VBox(12);

    SeveralPanel(Scope scope, Selection selection) {
        this.scope = scope;
        this.selection = selection;
        var title = Nodes.label(title(), "bm-title");
        title.setId("inspector-title");
        Label words =
                Nodes.label(
                        "Drag one of the services to move all that are selected. Remove takes"
                                + " them away with their links, as one step to undo.",
                        "bm-muted");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        var remove = Nodes.button("remove-selected", "Remove", b -> remove());
        node.getChildren().addAll(title, words, remove);
        node.setId("several-panel");
    }

    private String title() {
        var parts = new ArrayList<String>();
        if (!selection.services().isEmpty()) {
            parts.add(Standing.count(selection.services().size(), "service", "services"));
        }
        if (!selection.links().isEmpty()) {
            parts.add(Standing.count(selection.links().size(), "link", "links"));
        }
        return String.join(" and ", parts) + " selected";
    }

    private void remove() {
        var step = new Object();
        var workspace = scope.workspace();
        selection.links().forEach(l -> workspace.edit(new LinkEdit.RemoveLink(l), step));
        selection.services().forEach(s -> workspace.edit(new ServiceEdit.RemoveService(s), step));
    }

    @Override
    public Region node() {
        return node;
    }

    @Override
    public void refresh() {
        // A changed selection has a panel of its own, and nothing else is shown here.
    }
}
