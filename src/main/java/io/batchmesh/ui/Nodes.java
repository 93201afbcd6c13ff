package io.batchmesh.ui;

import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** The small parts of which panels are put together. */
public final class Nodes {
    private Nodes() {}

    /** Words in a style of the style sheets. */
    public static Label label(String text, String... styles) {
        var label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /** A number in the fixed-width face, which never gives way to an ellipsis. */
    public static Label number(String... styles) {
        var label = label("", styles);
        label.getStyleClass().add("bm-number");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    /** A section's heading, in capitals as all of them are. */
    public static Label heading(String text) {
        return label(text.toUpperCase(java.util.Locale.ROOT), "bm-section-title");
    }

    /** Takes the room that is left in a row. */
    public static Region spring() {
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    /** A button with words that acts on the FX thread. */
    public static Button button(String id, String text, Consumer<Button> action) {
        var button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.accept(button));
        return button;
    }

    /** A button with a picture; its words are for screen readers and the tooltip. */
    public static Button icon(String id, Ikon picture, String words, Runnable action) {
        var button = new Button();
        button.setId(id);
        button.setGraphic(new FontIcon(picture));
        button.getStyleClass().add("bm-icon-button");
        button.setTooltip(new javafx.scene.control.Tooltip(words));
        button.setAccessibleText(words);
        button.setAccessibleRole(AccessibleRole.BUTTON);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Shows or takes away a node with the room that it takes. */
    public static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    /** Gives a node one of several styles, and takes the others away. */
    public static void style(Node node, String style, String... others) {
        node.getStyleClass().removeAll(others);
        if (!node.getStyleClass().contains(style)) {
            node.getStyleClass().add(style);
        }
    }
}
