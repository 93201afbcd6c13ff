package io.batchmesh.ui.shell;

import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Rows of words in an order of their own. A click, or the enter key, opens one. */
final class RowsTable extends TableView<DataTable.Row> {
    private final ObservableList<DataTable.Row> rows = FXCollections.observableArrayList();
    private Consumer<DataTable.Row> onOpen = row -> {};

    RowsTable(String id, List<DataTable.Column> columns, List<Integer> widths) {
        setId(id);
        getStyleClass().add("bm-table");
        setItems(rows);
        setMinHeight(60);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        for (int i = 0; i < columns.size(); i++) {
            getColumns().add(column(i, columns.get(i), widths.get(i)));
        }
        setOnMouseClicked(e -> {
            if (e.getClickCount() == 1 && e.getTarget() instanceof javafx.scene.Node node) {
                openIfRow(node);
            }
        });
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        open();
                        e.consume();
                    }
                });
    }

    /** A click on a heading sorts and opens nothing. */
    private void openIfRow(javafx.scene.Node clicked) {
        for (var node = clicked; node != null && node != this; node = node.getParent()) {
            if (node instanceof TableCell<?, ?> cell && !cell.isEmpty()) {
                open();
            }
        }
    }

    private static TableColumn<DataTable.Row, Object> column(
            int at, DataTable.Column column, int width) {
        var made = new TableColumn<DataTable.Row, Object>(column.name());
        made.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue().cells().get(at)));
        made.setPrefWidth(width);
        made.setCellFactory(c -> new Cell());
        return made;
    }

    /** Words, in the tone of their shape. */
    private static final class Cell extends TableCell<DataTable.Row, Object> {
        @Override
        protected void updateItem(Object item, boolean empty) {
            super.updateItem(item, empty);
            var text = empty || item == null ? "" : item.toString();
            setText(text);
            getStyleClass().removeAll("bm-error", "bm-warn", "bm-ok", "bm-muted", "bm-accent");
            if (text.startsWith("■")) {
                getStyleClass().add("bm-error");
            } else if (text.startsWith("▲")) {
                getStyleClass().add("bm-warn");
            } else if (text.startsWith("○")) {
                getStyleClass().add("bm-muted");
            } else if (text.startsWith("●")) {
                getStyleClass().add("bm-ok");
            }
        }
    }

    void setOnOpen(Consumer<DataTable.Row> onOpen) {
        this.onOpen = onOpen;
    }

    /** Opens what is selected. */
    void open() {
        var row = getSelectionModel().getSelectedItem();
        if (row != null) {
            onOpen.accept(row);
        }
    }

    void setNothing(String words) {
        if (getPlaceholder() instanceof Label label) {
            label.setText(words);
        } else {
            var label = new Label(words);
            label.getStyleClass().add("bm-muted");
            label.setWrapText(true);
            setPlaceholder(label);
        }
    }

    /** Shows these; what is selected stays so where it is among them. */
    void show(List<DataTable.Row> all) {
        if (rows.equals(all)) {
            return;
        }
        var selected = new HashSet<String>();
        getSelectionModel().getSelectedItems().forEach(r -> selected.add(r.key()));
        rows.setAll(all);
        if (!getSortOrder().isEmpty()) {
            sort();
        }
        for (int i = 0; i < rows.size(); i++) {
            if (selected.contains(rows.get(i).key())) {
                getSelectionModel().select(i);
            }
        }
    }

    /** The rows as they stand. */
    List<DataTable.Row> rows() {
        return List.copyOf(rows);
    }

    /** What is selected, else all. */
    List<DataTable.Row> chosen() {
        var selected = List.copyOf(getSelectionModel().getSelectedItems());
        return selected.isEmpty() ? rows() : selected;
    }
}
