package io.batchmesh.ui.shell;

import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** All numbers of the moment that is shown, to be sorted, filtered, copied and saved. */
final class TablePane extends VBox {
    /** Numbers that are not known come last, whichever way it is sorted by them first. */
    private static final Comparator<Object> BY_VALUE =
            (a, b) ->
                    a instanceof Double x && b instanceof Double y
                            ? Double.compare(known(x), known(y))
                            : String.CASE_INSENSITIVE_ORDER.compare(a.toString(), b.toString());

    private static final double KINDS_FROM = 720;
    private static final double COUNT_FROM = 420;

    private final Workspace workspace;
    private final Copying copying;
    private final TabStrip kinds = new TabStrip();
    private final TextField filter = new TextField();
    private final Label count = Nodes.label("", "bm-small", "bm-muted");
    private final TableView<Line> table = new TableView<>();
    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final Map<String, Line> byKey = new HashMap<>();
    private final Label nothing = Nodes.label("nothing seen yet", "bm-muted");
    private DataTable shown = new DataTable(List.of(), List.of());
    private MeshTables kind = MeshTables.LINKS;

    /** A row that stays while its numbers change, so that selection and place do. */
    private static final class Line {
        private DataTable.Row row;

        private Line(DataTable.Row row) {
            this.row = row;
        }
    }

    TablePane(Workspace workspace, Copying copying) {
        this.workspace = workspace;
        this.copying = copying;
        setId("table-pane");
        setSpacing(5);
        kinds.offer(Arrays.stream(MeshTables.values()).map(MeshTables::label).toList());
        filter.setId("table-filter");
        filter.setPromptText("Filter by words");
        filter.setAccessibleText("Filter the rows by words");
        filter.setPrefColumnCount(14);
        filter.setMinWidth(70);
        filter.textProperty().addListener((_, _, _) -> refresh());
        var copy = Nodes.button("table-copy", "Copy", b -> copy());
        var save = Nodes.button("table-csv", "Save CSV…", b -> save());
        var head = new HBox(8, kinds, Nodes.spring(), count, filter, copy, save);
        head.setAlignment(Pos.CENTER_LEFT);
        count.setMinWidth(USE_PREF_SIZE);
        copy.setMinWidth(USE_PREF_SIZE);
        widthProperty().subscribe(w -> brief(w.doubleValue()));
        table.setId("table");
        table.getStyleClass().add("bm-table");
        table.setItems(lines);
        table.setPlaceholder(nothing);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        table.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) {
                select();
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setMinHeight(60);
        getChildren().addAll(head, table);
        kinds.chosenProperty().subscribe(name -> choose());
    }

    private static double known(double number) {
        return Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number;
    }

    private void brief(double width) {
        kinds.setBrief(width < KINDS_FROM);
        Nodes.show(count, width >= COUNT_FROM);
    }

    private void choose() {
        for (var one : MeshTables.values()) {
            if (one.label().equals(kinds.chosenProperty().get())) {
                kind = one;
            }
        }
        lines.clear();
        byKey.clear();
        shown = kind.of(workspace.snapshotProperty().get());
        table.getColumns().clear();
        for (int i = 0; i < shown.columns().size(); i++) {
            table.getColumns().add(column(i, shown.columns().get(i)));
        }
        refresh();
    }

    private static TableColumn<Line, Object> column(int at, DataTable.Column column) {
        var made = new TableColumn<Line, Object>(column.name());
        boolean words = column.measure() == null;
        made.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().row.cells().get(at)));
        made.setComparator(BY_VALUE);
        if (!words) {
            // The first click shows the greatest.
            made.setSortType(TableColumn.SortType.DESCENDING);
            made.getStyleClass().add("bm-table-number");
        }
        made.setPrefWidth(at == 0 ? 190 : words ? 150 : 92);
        made.setCellFactory(c -> new Cell(column));
        return made;
    }

    private static final class Cell extends TableCell<Line, Object> {
        private final DataTable.Column column;

        private Cell(DataTable.Column column) {
            this.column = column;
            if (column.measure() != null) {
                getStyleClass().add("bm-number");
                setAlignment(Pos.CENTER_RIGHT);
            }
        }

        @Override
        protected void updateItem(Object item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? "" : column.shown(item));
        }
    }

    /** Shows the numbers of the moment that is shown. */
    void refresh() {
        shown = kind.of(workspace.snapshotProperty().get());
        var words = filter.getText().strip();
        var rows = shown.rows().stream().filter(r -> words.isEmpty() || r.has(words)).toList();
        var keys = rows.stream().map(DataTable.Row::key).toList();
        boolean same = keys.size() == lines.size() && byKey.keySet().containsAll(keys);
        for (var row : rows) {
            byKey.computeIfAbsent(row.key(), k -> new Line(row)).row = row;
        }
        if (!same) {
            byKey.keySet().retainAll(keys);
            lines.setAll(keys.stream().map(byKey::get).toList());
        }
        // What somebody points at, or has chosen, does not run away.
        if (!same || !(table.isHover() || table.isFocused())) {
            table.sort();
        }
        table.refresh();
        int all = shown.rows().size();
        count.setText(rows.size() == all ? all + " rows" : rows.size() + " of " + all + " rows");
        nothing.setText(all == 0 ? "nothing seen yet" : "no row has “" + words + "”");
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
            copy();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            select();
            event.consume();
        }
    }

    private void select() {
        var line = table.getSelectionModel().getSelectedItem();
        if (line != null) {
            var target = line.row.target().within(workspace.topology());
            if (!target.isEmpty()) {
                workspace.select(target);
            }
        }
    }

    /** The rows as they stand. */
    private List<DataTable.Row> rows() {
        return lines.stream().map(line -> line.row).toList();
    }

    /** Copies what is selected, else all. */
    private void copy() {
        var selected =
                table.getSelectionModel().getSelectedItems().stream()
                        .map(line -> line.row)
                        .toList();
        copying.text(shown.words(selected.isEmpty() ? rows() : selected));
    }

    /** The words by which the rows are filtered. */
    String filter() {
        return filter.getText().strip();
    }

    void setFilter(String words) {
        filter.setText(words);
    }

    private void save() {
        copying.saveCsv(kind.label(), () -> shown.csv(rows()));
    }
}
