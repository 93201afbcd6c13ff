package io.batchmesh.ui.plot;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;

/** Labels that are used again from one layout to the next. */
final class LabelPool {
    private final List<Node> parent;
    private final String styleClass;
    private final List<Label> labels = new ArrayList<>();
    private int used;

    LabelPool(List<Node> parent, String styleClass) {
        this.parent = parent;
        this.styleClass = styleClass;
    }

    /** Begins anew: what is not taken again before {@link #finish} disappears. */
    void begin() {
        used = 0;
    }

    /** A label with this text that has its size but not yet its place. */
    Label take(String text) {
        Label label = used < labels.size() ? labels.get(used) : add();
        used++;
        boolean changed = !text.equals(label.getText());
        if (changed) {
            label.setText(text);
        }
        if (!label.isVisible()) {
            label.setVisible(true);
        }
        if (changed || label.getWidth() == 0) {
            label.applyCss();
            label.autosize();
        }
        return label;
    }

    void finish() {
        for (int i = used; i < labels.size(); i++) {
            labels.get(i).setVisible(false);
        }
    }

    private Label add() {
        Label label = new Label();
        label.getStyleClass().add(styleClass);
        label.setManaged(false);
        label.setMouseTransparent(true);
        labels.add(label);
        parent.add(label);
        return label;
    }
}
