package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Swatch;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

/** The names of the curves below a plot. */
final class Legend extends FlowPane {
    private List<Entry> shown = List.of();

    /** One name. */
    record Entry(Swatch color, Key.Shape shape, String text) {}

    Legend() {
        getStyleClass().add("bm-plot-legend");
    }

    void show(List<Entry> entries) {
        if (entries.equals(shown)) {
            return;
        }
        while (getChildren().size() > entries.size()) {
            getChildren().removeLast();
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (i < getChildren().size() && getChildren().get(i) instanceof Label label) {
                label.setText(entry.text());
                if (label.getGraphic() instanceof Key key && !sameKey(i, entry)) {
                    key.show(entry.color(), entry.shape());
                }
            } else {
                getChildren().add(new Label(entry.text(), new Key(entry.color(), entry.shape())));
            }
        }
        shown = List.copyOf(entries);
    }

    private boolean sameKey(int i, Entry entry) {
        return i < shown.size()
                && shown.get(i).color() == entry.color()
                && shown.get(i).shape() == entry.shape();
    }
}
