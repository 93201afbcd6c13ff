package io.batchmesh.ui.plot;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** Tells whether a node and all around it are visible, as it is not in a tab that is not chosen. */
final class Showing {
    private Showing() {}

    static ObservableValue<Boolean> of(Node node) {
        return node.visibleProperty()
                .flatMap(visible ->
                        visible
                                ? node.parentProperty().flatMap(Showing::of).orElse(true)
                                : node.visibleProperty());
    }
}
