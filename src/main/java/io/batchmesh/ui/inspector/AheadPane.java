package io.batchmesh.ui.inspector;

import io.batchmesh.forecast.Forecast;
import io.batchmesh.forecast.MeasuredLoad;
import io.batchmesh.forecast.Queues;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.LinkId;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.ui.FxThread;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.theme.Formats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * What the drawn window will do to a link, beside what is seen of it now. It is computed in the
 * background, one forecast at a time, of what was asked last.
 */
final class AheadPane extends VBox {
    private static final List<String> ROWS =
            List.of("wait", "items/batch", "p50", "p99", "cores", "bytes/s");

    private final Scope scope;
    private final LinkId id;
    private final WindowEditor editor;
    private final Label words = Nodes.label("", "bm-small");
    private final AheadChart chart;
    private final GridPane table = new GridPane();
    private final Label[][] cells = new Label[ROWS.size() + 1][3];
    private Ahead.@Nullable Question asked;
    private @Nullable Ahead shown;
    private boolean computing;
    private @Nullable BatchWindow tried;

    AheadPane(Scope scope, LinkId id, WindowEditor editor) {
        this.scope = scope;
        this.id = id;
        this.editor = editor;
        setId("ahead");
        getStyleClass().add("bm-ahead");
        chart = new AheadChart(this::drag);
        words.setId("ahead-words");
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        var heading = Nodes.heading("Ahead");
        heading.setTooltip(
                new Tooltip(
                        "By the rate and the times that are measured now; arrivals are taken to be"
                                + " Poisson, and the sidecars' costs as usual."));
        fillTable();
        getChildren().addAll(heading, words, chart, table);
    }

    private void fillTable() {
        table.getStyleClass().add("bm-ahead-table");
        var first = new ColumnConstraints();
        first.setHgrow(Priority.ALWAYS);
        table.getColumnConstraints().add(first);
        for (int row = 0; row < cells.length; row++) {
            var name = Nodes.label(row == 0 ? "" : ROWS.get(row - 1), "bm-muted");
            name.setMinWidth(USE_PREF_SIZE);
            table.add(name, 0, row);
            for (int column = 0; column < 3; column++) {
                var cell =
                        row == 0
                                ? Nodes.label("", "bm-small", "bm-faint")
                                : Nodes.number(column == 0 ? "bm-strong" : "bm-muted");
                GridPane.setHalignment(cell, HPos.RIGHT);
                cells[row][column] = cell;
                table.add(cell, column + 1, row);
            }
        }
    }

    /** A linger chosen on the chart; all of one drag is one step to undo. */
    private void drag(Duration linger, Object step) {
        if (editor.window().policy() == Policy.FIXED) {
            editor.change(editor.window().withLinger(linger), step);
        }
    }

    /** Shows what another window would do than the drawn one; null for the drawn one. */
    void attempt(@Nullable BatchWindow window) {
        tried = window;
        refresh();
    }

    void refresh() {
        var seen = scope.workspace().snapshotProperty().get().link(id.toString());
        var load = seen == null ? null : MeasuredLoad.of(seen, bulk(), queues(seen));
        Nodes.show(chart, load != null);
        Nodes.show(table, load != null);
        if (seen == null || load == null) {
            asked = null;
            words.setText("A forecast needs traffic: none is seen on this link.");
            Nodes.style(words, "bm-muted", "bm-warn");
            return;
        }
        var window = tried == null ? editor.window() : tried;
        double longest =
                chart.isDragged() && shown != null
                        ? shown.question().longest()
                        : Ahead.axis(window.linger());
        asked = new Ahead.Question(load.rounded(), window, longest);
        ask();
        if (shown != null) {
            show(shown, seen);
        }
    }

    private double queues(LinkMetrics seen) {
        return Queues.of(scope.workspace().topology(), id, seen);
    }

    private boolean bulk() {
        var callee = scope.workspace().topology().service(id.to());
        return callee != null && callee.bulk() != null;
    }

    private void ask() {
        var question = asked;
        if (computing || question == null || (shown != null && question.equals(shown.question()))) {
            return;
        }
        computing = true;
        try {
            scope.background()
                    .execute(() -> {
                        var answer = question.answer();
                        FxThread.run(() -> answered(answer));
                    });
        } catch (RejectedExecutionException e) {
            computing = false; // the program is ending
        }
    }

    private void answered(Ahead answer) {
        computing = false;
        shown = answer;
        var seen = scope.workspace().snapshotProperty().get().link(id.toString());
        if (seen != null) {
            show(answer, seen);
        }
        ask();
    }

    private void show(Ahead ahead, LinkMetrics seen) {
        words.setText(ahead.words());
        Nodes.style(words, ahead.warns() ? "bm-warn" : "bm-muted", "bm-warn", "bm-muted");
        var window = ahead.question().window();
        boolean auto = window.policy() == Policy.AUTO;
        boolean advised = window.equals(tried);
        cells[0][0].setText(advised ? "advised" : WindowFields.words(window.policy()));
        cells[0][1].setText(auto ? "off" : "auto");
        cells[0][2].setText("seen now");
        column(0, ahead.comparison().chosen());
        column(1, auto ? ahead.comparison().off() : ahead.comparison().auto());
        column(
                2,
                List.of(
                        Formats.latency(seen.stage(Stage.COLLECT).latency().mean()),
                        Formats.number(seen.batching().meanItems()),
                        Formats.latency(times(seen).p50()),
                        Formats.latency(times(seen).p99()),
                        Formats.UNKNOWN,
                        bytes(seen.wire().compressedBytesPerSecond())));
        chart.show(ahead, seenPoint(seen));
    }

    private static Latency times(LinkMetrics seen) {
        var batched = seen.latency().batched();
        return batched.present() ? batched : seen.latency().all();
    }

    /** Where the running window stands on the chart. */
    private AheadChart.@Nullable Seen seenPoint(LinkMetrics seen) {
        var runs = scope.runs().of(id);
        if (runs.isEmpty() || runs.getFirst().link().batch().policy() != Policy.FIXED) {
            return null;
        }
        double linger = runs.getFirst().link().batch().linger().toNanos() / 1e9;
        return new AheadChart.Seen(linger, times(seen).p99(), seen.batching().meanItems());
    }

    private void column(int column, Forecast forecast) {
        boolean lost = forecast.saturated();
        column(
                column,
                List.of(
                        lost ? "∞" : Formats.latency(forecast.meanWait()),
                        Formats.number(forecast.itemsPerBatch()),
                        lost ? "∞" : Formats.latency(forecast.p50()),
                        lost ? "∞" : Formats.latency(forecast.p99()),
                        Formats.number(forecast.cores()),
                        bytes(forecast.bytesPerSecond())));
    }

    private void column(int column, List<String> values) {
        for (int row = 0; row < values.size(); row++) {
            cells[row + 1][column].setText(values.get(row));
        }
    }

    private static String bytes(double perSecond) {
        return Double.isNaN(perSecond) ? Formats.UNKNOWN : Formats.bytes(perSecond);
    }
}
