package io.batchmesh.ui.shell;

import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageValue;
import io.batchmesh.model.LinkId;
import io.batchmesh.ui.Nodes;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.BarSharePlot;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.plot.LinePlot;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.plot.Plot;
import io.batchmesh.ui.plot.PlotData;
import io.batchmesh.ui.plot.StackedAreaPlot;
import io.batchmesh.ui.plot.TimeWindow;
import io.batchmesh.ui.theme.Swatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The plots of the link that is looked at: its stages together, and each for itself. */
final class PlotsView extends VBox {
    private static final int[] STEPS = {1, 2, 5};

    private final Workspace workspace;
    private final Label title = Nodes.label("", "bm-title");
    private final Label note = Nodes.label("", "bm-muted");
    private final StackedAreaPlot latency =
            new StackedAreaPlot("Latency by stage, mean", Measure.LATENCY);
    private final LinePlot whole = new LinePlot("Latency, all requests", LinePlot.Scales.ONE);
    private final LinePlot throughput = new LinePlot("Throughput", LinePlot.Scales.EACH);
    private final BarSharePlot flushes = new BarSharePlot("Why batches flushed");
    private final Map<Stage, LinePlot> stages = new EnumMap<>(Stage.class);
    private final HBox together = new HBox(18);
    private final HBox each = new HBox(14);
    private final DoubleProperty cursor = new SimpleDoubleProperty(Double.NaN);

    PlotsView(Workspace workspace) {
        this.workspace = workspace;
        setId("plots");
        getStyleClass().add("bm-dock");
        setSpacing(6);
        var head = new HBox(12, title, note);
        head.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        for (var stage : Stage.values()) {
            var plot = new LinePlot(stage.label(), LinePlot.Scales.EACH);
            plot.compactProperty().set(true);
            plot.setId("plot-" + stage.label());
            stages.put(stage, plot);
        }
        add(together, List.of(latency, throughput, flushes, whole));
        add(each, stages.values());
        VBox.setVgrow(together, Priority.ALWAYS);
        getChildren().addAll(head, together, each);
        heightProperty().subscribe(this::fit);
    }

    private void add(HBox row, Iterable<? extends Plot> plots) {
        for (var plot : plots) {
            plot.readAtProperty().bindBidirectional(cursor);
            plot.setPrefWidth(200);
            plot.setMinWidth(0);
            HBox.setHgrow(plot, Priority.ALWAYS);
            row.getChildren().add(plot);
        }
    }

    /** In a low dock the row of single stages gives way first. */
    private void fit() {
        Nodes.show(each, getHeight() > 300);
    }

    /**
     * As much time as there is something to show for, in steps, so that the first minutes are not a
     * sliver at the edge.
     */
    private Duration length() {
        int seconds = workspace.past().size();
        for (int minutes : STEPS) {
            if (seconds < 60 * minutes) {
                return Duration.ofMinutes(minutes);
            }
        }
        return Duration.ofMinutes(STEPS[STEPS.length - 1]);
    }

    /** Draws what is known of the link that is looked at. */
    void refresh() {
        var link = workspace.lookedAt();
        if (link == null) {
            title.setText("No link selected");
            note.setText("select one to see its stages");
            return;
        }
        title.setText(link.from() + " → " + link.to());
        var snapshot = workspace.snapshotProperty().get();
        var metrics = snapshot.link(link.toString());
        note.setText(words(link, metrics != null && metrics.breakdown().present()));
        var window = TimeWindow.until(workspace.clocks().now(), length());
        showTogether(link, window);
        stages.forEach((stage, plot) -> plot.show(stageData(link, stage, window)));
    }

    private String words(LinkId link, boolean stagesSeen) {
        if (workspace.snapshotProperty().get().link(link.toString()) == null) {
            return "nothing seen of it yet";
        }
        return stagesSeen ? "" : "no batched traffic: its requests pass through one by one";
    }

    private void showTogether(LinkId link, TimeWindow window) {
        var stacked = new ArrayList<Curve>();
        for (var stage : Stage.values()) {
            stacked.add(Curve.of(stage, Measure.LATENCY, series(link, stage, StageValue.MEAN)));
        }
        stacked.add(
                Curve.whole(
                        "measured",
                        Measure.LATENCY,
                        workspace.past().series(link.toString(), LinkMeasure.BATCHED_MEAN)));
        latency.show(new PlotData(window, stacked, marks()));
        whole.show(
                data(
                        window,
                        curve(link, "p50", Swatch.MUTED, Measure.LATENCY, LinkMeasure.P50),
                        curve(link, "p95", Swatch.ACCENT, Measure.LATENCY, LinkMeasure.P95),
                        curve(link, "p99", Swatch.WARN, Measure.LATENCY, LinkMeasure.P99)));
        throughput.show(
                data(
                        window,
                        curve(link, "requests", Swatch.ACCENT, Measure.RATE, LinkMeasure.REQUESTS),
                        curve(link, "batches", Swatch.WARN, Measure.RATE, LinkMeasure.BATCHES),
                        curve(
                                link,
                                "items a batch",
                                Swatch.MUTED,
                                Measure.COUNT,
                                LinkMeasure.MEAN_ITEMS)));
        var shares = new ArrayList<Curve>();
        for (var reason : FlushReason.values()) {
            var series = workspace.past().series(link.toString(), LinkMeasure.of(reason));
            shares.add(Curve.of(reason, series));
        }
        flushes.show(new PlotData(window, shares, marks()));
    }

    private PlotData stageData(LinkId link, Stage stage, TimeWindow window) {
        var color = Curve.colorOf(stage);
        return data(
                window,
                new Curve("mean", color, Measure.LATENCY, series(link, stage, StageValue.MEAN)),
                new Curve(
                        "items",
                        Swatch.MUTED,
                        Measure.RATE,
                        series(link, stage, StageValue.ITEMS)));
    }

    private PlotData data(TimeWindow window, Curve... curves) {
        return new PlotData(window, List.of(curves), marks());
    }

    private List<Mark> marks() {
        return workspace.past().marks();
    }

    private Curve curve(
            LinkId link, String name, Swatch color, Measure measure, LinkMeasure value) {
        return new Curve(name, color, measure, workspace.past().series(link.toString(), value));
    }

    private io.batchmesh.metrics.Series series(LinkId link, Stage stage, StageValue value) {
        return workspace.past().series(link.toString(), LinkMeasure.of(stage, value));
    }

    /** The link that is looked at; for tests. */
    @Nullable LinkId link() {
        return workspace.lookedAt();
    }
}
