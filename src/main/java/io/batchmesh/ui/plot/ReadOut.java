package io.batchmesh.ui.plot;

import io.batchmesh.ui.theme.Swatch;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The box beside the cursor with the values of that moment. */
final class ReadOut extends VBox {
    private final Label time = new Label();
    private final GridPane rows = new GridPane();
    private int rowCount;

    ReadOut() {
        getStyleClass().add("bm-plot-readout");
        time.getStyleClass().add("bm-plot-readout-time");
        rows.getStyleClass().add("bm-plot-readout-rows");
        getChildren().addAll(time, rows);
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
    }

    void show(Reading reading) {
        time.setText(reading.time());
        if (rowCount != reading.rows().size()) {
            rebuild(reading.rows().size());
        }
        List<Node> cells = rows.getChildren();
        for (int i = 0; i < rowCount; i++) {
            Reading.Row row = reading.rows().get(i);
            if (cells.get(3 * i) instanceof Key key) {
                key.show(row.color(), row.shape());
            }
            if (cells.get(3 * i + 1) instanceof Label name) {
                name.setText(row.name());
            }
            if (cells.get(3 * i + 2) instanceof Label value) {
                value.setText(row.value());
            }
        }
    }

    private void rebuild(int count) {
        rows.getChildren().clear();
        for (int i = 0; i < count; i++) {
            Label value = new Label();
            value.getStyleClass().add("bm-number");
            GridPane.setHalignment(value, HPos.RIGHT);
            rows.addRow(i, new Key(Swatch.MUTED, Key.Shape.NONE), new Label(), value);
        }
        rowCount = count;
    }
}
