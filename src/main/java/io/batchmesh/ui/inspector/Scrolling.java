package io.batchmesh.ui.inspector;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Content that scrolls up and down and never sideways. */
final class Scrolling {
    private Scrolling() {}

    static ScrollPane of(Region... parts) {
        var content = new VBox(parts);
        content.getStyleClass().add("bm-inspector-content");
        var pane = new ScrollPane(content);
        pane.getStyleClass().add("bm-inspector-scroll");
        pane.setFitToWidth(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.setFocusTraversable(false);
        return pane;
    }
}
