package io.batchmesh.ui.inspector;

import io.batchmesh.ui.Nodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A choice among a few, all of which are seen. */
final class Segments<E extends Enum<E>> extends VBox {
    private final String id;
    private final Consumer<E> choose;
    private final ToggleGroup group = new ToggleGroup();
    private final HBox row = new HBox();
    private final Map<E, ToggleButton> buttons = new LinkedHashMap<>();
    private final Label runs = Nodes.label("", "bm-field-note");

    Segments(String id, String name, Consumer<E> choose) {
        this.id = id;
        this.choose = choose;
        var label = Nodes.label(name, "bm-field-label");
        label.setMinWidth(Region.USE_PREF_SIZE);
        row.setId(id);
        row.getStyleClass().add("bm-segmented");
        row.setAccessibleRole(AccessibleRole.NODE);
        row.setAccessibleText(name);
        var line = new HBox(label, Nodes.spring(), row);
        line.getStyleClass().add("bm-form-row");
        var note = new HBox(Nodes.spring(), runs);
        note.visibleProperty().bind(runs.visibleProperty());
        note.managedProperty().bind(runs.managedProperty());
        Nodes.show(runs, false);
        getChildren().addAll(line, note);
    }

    /** Adds a choice; its button's id is that of the row, a dash, and the name given. */
    Segments<E> with(E value, String name, String words, String help) {
        var button = new ToggleButton(words);
        button.setId(id + "-" + name);
        button.setTooltip(new Tooltip(help));
        button.setToggleGroup(group);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> {
            // A press on what is chosen already would unchoose it.
            button.setSelected(true);
            choose.accept(value);
        });
        buttons.put(value, button);
        row.getChildren().add(button);
        return this;
    }

    void show(E value, String runsWords) {
        buttons.forEach((choice, button) -> button.setSelected(choice == value));
        runs.setText(runsWords);
        Nodes.show(runs, !runsWords.isEmpty());
    }
}
