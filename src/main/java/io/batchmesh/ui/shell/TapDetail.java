package io.batchmesh.ui.shell;

import io.batchmesh.admin.tap.TapJson;
import io.batchmesh.json.JsonText;
import io.batchmesh.metrics.Stage;
import io.batchmesh.observe.TapView;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.theme.Formats;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One request that a tap has seen: what it was, and where its time went. */
final class TapDetail extends ScrollPane {
    private final VBox box = new VBox(7);
    private final Label title = Nodes.label("", "bm-strong");
    private final Label path = Nodes.label("", "bm-small", "bm-mono");
    private final Label parts = Nodes.label("", "bm-small", "bm-muted");
    private final StageBar bar = new StageBar();
    private final GridPane stages = grid();
    private final GridPane facts = grid();
    private final TraceLink traces;
    private TapView.@Nullable Entry shown;

    /**
     * Shows nothing yet.
     *
     * @param traces opens traces
     */
    TapDetail(Copying copying, TraceLink traces) {
        this.traces = traces;
        setId("tap-detail");
        getStyleClass().addAll("bm-plot-page", "bm-tap-detail");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinWidth(0);
        setPrefWidth(330);
        path.setMinWidth(0);
        path.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        parts.setWrapText(true);
        box.setMinWidth(0);
        box.setPadding(new Insets(0, 14, 0, 0));
        bar.setMinHeight(14);
        bar.setPrefHeight(14);
        bar.setMaxWidth(Double.MAX_VALUE);
        Button copy =
                Nodes.button(
                        "tap-copy",
                        "Copy as JSON",
                        b -> {
                            if (shown != null) {
                                copying.text(JsonText.pretty(TapJson.write(shown.request())));
                            }
                        });
        var buttons = new HBox(8, copy, traces);
        buttons.setAlignment(Pos.CENTER_LEFT);
        box.getChildren().addAll(title, path, bar, stages, parts, facts, buttons);
        setContent(box);
    }

    private static GridPane grid() {
        var grid = new GridPane(10, 2);
        grid.getStyleClass().add("bm-tap-grid");
        return grid;
    }

    void show(TapView.@Nullable Entry entry) {
        shown = entry;
        if (entry == null) {
            return;
        }
        var request = entry.request();
        title.setText(
                "%s → %d in %s"
                        .formatted(
                                request.asked().method(),
                                request.answer().code(),
                                TapWriting.time(request.times().whole())));
        path.setText(TapWriting.target(request));
        path.setTooltip(new Tooltip(path.getText()));
        boolean staged = !request.times().stages().isEmpty();
        Nodes.show(bar, staged);
        bar.show(request.times());
        stages.getChildren().clear();
        Nodes.show(stages, staged);
        if (staged) {
            stages();
        }
        parts.setText(TapWriting.parts(request.times()));
        Nodes.show(parts, !parts.getText().isEmpty());
        facts.getChildren().clear();
        var pairs = TapWriting.facts(entry);
        for (int i = 0; i < pairs.size(); i++) {
            var value = Nodes.label(pairs.get(i).getLast(), "bm-small");
            value.setWrapText(true);
            facts.add(name(pairs.get(i).getFirst()), 0, i);
            facts.add(value, 1, i);
        }
        var trace = request.trace();
        traces.show(trace == null ? "" : trace.traceId());
    }

    private void stages() {
        if (shown == null) {
            return;
        }
        var times = shown.request().times();
        double whole = Math.max(1, times.whole().toNanos());
        int at = 0;
        for (var stage : Stage.values()) {
            var swatch = new Region();
            swatch.getStyleClass().addAll("bm-swatch", "stage-" + stage.label());
            var took = times.of(stage);
            row(stages, at, stage.label(), TapWriting.time(took), swatch);
            var share = Nodes.number("bm-muted");
            share.setText(Formats.share(took.toNanos() / whole));
            stages.add(share, 3, at);
            at++;
        }
    }

    private static void row(GridPane to, int at, String name, String value, Node swatch) {
        to.add(swatch, 0, at);
        to.add(name(name), 1, at);
        var number = Nodes.number();
        number.setText(value);
        to.add(number, 2, at);
    }

    private static Label name(String text) {
        var label = Nodes.label(text, "bm-small", "bm-muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
