package io.batchmesh.ui.inspector;

import io.batchmesh.ui.Nodes;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Numbers below one another, each with its name. */
final class Numbers extends VBox {
    private final Map<String, Label> values = new LinkedHashMap<>();

    Numbers() {
        getStyleClass().add("bm-numbers");
    }

    /** A number that changes; made where it is shown first. */
    void show(String name, String help, String value) {
        values.computeIfAbsent(name, n -> add(n, help)).setText(value);
    }

    private Label add(String name, String help) {
        var value = Nodes.number("bm-strong");
        var label = Nodes.label(name, "bm-muted");
        label.setTooltip(new Tooltip(help));
        var row = new HBox(8, label, Nodes.spring(), value);
        row.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        getChildren().add(row);
        return value;
    }
}
