package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Activity;
import io.batchmesh.ui.Workspace;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.plot.PlotData;
import io.batchmesh.ui.plot.StackedAreaPlot;
import io.batchmesh.ui.plot.TimeWindow;
import io.batchmesh.ui.theme.Swatch;
import java.time.Duration;
import java.util.ArrayList;
import javafx.scene.layout.Region;

/** What the mesh itself costs over time, in cores, its activities upon one another. */
final class CostPlot {
    private static final Duration LENGTH = Duration.ofMinutes(1);
    private static final double HEIGHT = 88;

    private final Workspace workspace;
    private final StackedAreaPlot plot = new StackedAreaPlot("over time", Measure.CORES);

    CostPlot(Workspace workspace) {
        this.workspace = workspace;
        plot.setId("plot-cost");
        plot.compactProperty().set(true);
        plot.setMinHeight(HEIGHT);
        plot.setPrefHeight(HEIGHT);
        plot.setMaxHeight(HEIGHT);
    }

    Region node() {
        return plot;
    }

    void refresh() {
        var at = workspace.shownMoment();
        boolean live = workspace.shownTimeProperty().get().isLive();
        var window = new TimeWindow(at.toEpochMilli(), LENGTH, live);
        var past = new PastView(workspace.shownPast(), window);
        var curves = new ArrayList<Curve>();
        for (var activity : Activity.values()) {
            curves.add(
                    new Curve(
                            activity.label(),
                            colour(activity),
                            Measure.CORES,
                            past.cost(activity)));
        }
        plot.show(new PlotData(window, curves, past.marks()));
    }

    private static Swatch colour(Activity activity) {
        return switch (activity) {
            case PROXY -> Swatch.SEND;
            case MONITOR -> Swatch.COMBINE;
            case MANAGE -> Swatch.COMPRESS;
        };
    }
}
