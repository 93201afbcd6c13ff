package io.batchmesh.ui.shell;

import io.batchmesh.observe.LiveTap;
import io.batchmesh.observe.TapView;
import io.batchmesh.ui.Nodes;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** The last requests that a tap has seen, the newest first; what is selected stays so. */
final class TapTable extends TableView<TapView.Entry> {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final double BAR = 18;
    private static final double LEAST_PATH = 110;

    private final ObservableList<TapView.Entry> entries = FXCollections.observableArrayList();
    private final Label nothing = Nodes.label("", "bm-muted");
    private final TableColumn<TapView.Entry, TapView.Entry> link =
            words("Link", 150, e -> e.request().went().link());
    private final TableColumn<TapView.Entry, TapView.Entry> path =
            words("Path", 170, e -> TapWriting.target(e.request()));
    private long last;

    TapTable() {
        setId("tap-table");
        getStyleClass().add("bm-table");
        setItems(entries);
        nothing.setWrapText(true);
        setPlaceholder(nothing);
        setMinHeight(60);
        setAccessibleText("Requests that were seen, the newest first");
        getColumns().add(words("Time", 98, e -> TapWriting.clock(e.request().time())));
        getColumns().add(link);
        getColumns().add(code());
        getColumns().add(words("Method", 62, e -> e.request().asked().method()));
        getColumns().add(path);
        getColumns().add(number("Took", 84, e -> TapWriting.time(e.request().times().whole())));
        getColumns().add(stages());
        getColumns().add(words("Way", 74, e -> e.request().answer().way()));
        for (var column : getColumns()) {
            column.setSortable(false);
            column.setReorderable(false);
        }
        widthProperty().subscribe(w -> spread());
    }

    /** Whether the requests may be of several links. */
    void setSeveral(boolean several) {
        link.setVisible(several);
        spread();
    }

    /** The path takes what room the others leave. */
    private void spread() {
        double others =
                getVisibleLeafColumns().stream()
                        .filter(c -> c != path)
                        .mapToDouble(TableColumn::getWidth)
                        .sum();
        path.setPrefWidth(Math.max(LEAST_PATH, getWidth() - others - BAR));
    }

    /** What is selected, or null. */
    ReadOnlyObjectProperty<TapView.Entry> selectedProperty() {
        return getSelectionModel().selectedItemProperty();
    }

    /** What is said while there is no row. */
    void setNothing(String words) {
        nothing.setText(words);
    }

    void clear() {
        entries.clear();
        last = 0;
    }

    /** Adds what is new. */
    void show(TapView view) {
        int fresh = 0;
        while (fresh < view.kept().size() && view.kept().get(fresh).number() > last) {
            fresh++;
        }
        if (fresh > 0) {
            entries.addAll(0, view.kept().subList(0, fresh));
            last = view.number();
        }
        if (entries.size() > LiveTap.MOST_KEPT) {
            entries.remove(LiveTap.MOST_KEPT, entries.size());
        }
    }

    private static TableColumn<TapView.Entry, TapView.Entry> column(String name, double width) {
        var made = new TableColumn<TapView.Entry, TapView.Entry>(name);
        made.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        made.setPrefWidth(width);
        return made;
    }

    private static TableColumn<TapView.Entry, TapView.Entry> words(
            String name, double width, Function<TapView.Entry, String> text) {
        var made = column(name, width);
        made.setCellFactory(c -> new Words(text));
        return made;
    }

    private static TableColumn<TapView.Entry, TapView.Entry> number(
            String name, double width, Function<TapView.Entry, String> text) {
        var made = column(name, width);
        made.getStyleClass().add("bm-table-number");
        made.setCellFactory(c -> {
            var cell = new Words(text);
            cell.getStyleClass().add("bm-number");
            cell.setAlignment(Pos.CENTER_RIGHT);
            return cell;
        });
        return made;
    }

    private static TableColumn<TapView.Entry, TapView.Entry> code() {
        var made = column("Code", 56);
        made.getStyleClass().add("bm-table-number");
        made.setCellFactory(c -> {
            var cell = new Words(e -> String.valueOf(e.request().answer().code()));
            cell.getStyleClass().addAll("bm-number", "bm-tap-code");
            cell.setAlignment(Pos.CENTER_RIGHT);
            return cell;
        });
        return made;
    }

    private static TableColumn<TapView.Entry, TapView.Entry> stages() {
        var made = column("Stages", 112);
        made.setCellFactory(c -> new Stages());
        return made;
    }

    private static final class Words extends TableCell<TapView.Entry, TapView.Entry> {
        private final Function<TapView.Entry, String> text;

        private Words(Function<TapView.Entry, String> text) {
            this.text = text;
        }

        @Override
        protected void updateItem(TapView.Entry item, boolean empty) {
            super.updateItem(item, empty);
            boolean none = empty || item == null;
            setText(none ? "" : text.apply(item));
            pseudoClassStateChanged(FAILED, !none && item.request().answer().code() >= 400);
        }
    }

    private static final class Stages extends TableCell<TapView.Entry, TapView.Entry> {
        private final StageBar bar = new StageBar();

        @Override
        protected void updateItem(TapView.Entry item, boolean empty) {
            super.updateItem(item, empty);
            boolean none = empty || item == null || item.request().times().stages().isEmpty();
            bar.show(none ? null : item.request().times());
            setGraphic(none ? null : bar);
            bar.setPrefWidth(Math.max(0, getTableColumn().getWidth() - 18));
        }
    }
}
