package io.batchmesh.ui.shell;

import io.batchmesh.metrics.TraceSample;
import io.batchmesh.ui.plot.BarSharePlot;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.plot.HeatData;
import io.batchmesh.ui.plot.HeatMapPlot;
import io.batchmesh.ui.plot.LinePlot;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.plot.Plot;
import io.batchmesh.ui.plot.PlotData;
import io.batchmesh.ui.plot.StackedAreaPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.scene.control.ScrollPane;

/** Some plots of one thing that belong together; only a page that is shown is fed. */
final class PlotPage extends ScrollPane {
    private static final double BAR = 12;

    private final String name;
    private final PlotGrid grid;
    private final List<Consumer<PastView>> feeders = new ArrayList<>();
    private final List<Plot> plots = new ArrayList<>();

    /** Where the curves of a plot come from. */
    interface Curves extends Function<PastView, List<Curve>> {}

    /**
     * An empty one.
     *
     * @param name as its tab says it
     * @param small how many of its last plots are small
     */
    PlotPage(String name, int small) {
        this.name = name;
        grid = new PlotGrid(small);
        getStyleClass().add("bm-plot-page");
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setContent(grid);
        viewportBoundsProperty().addListener((_, _, seen) -> leaveRoom(seen));
    }

    /** The bar for scrolling covers nothing. */
    private void leaveRoom(Bounds seen) {
        boolean scrolls = grid.minHeight(seen.getWidth()) > seen.getHeight() + 1;
        grid.setPadding(new Insets(0, scrolls ? BAR : 0, 0, 0));
    }

    String name() {
        return name;
    }

    List<Plot> plots() {
        return plots;
    }

    PlotPage lines(String title, LinePlot.Scales scales, Curves curves) {
        var plot = new LinePlot(title, scales);
        return add(plot, past -> plot.show(data(past, curves)));
    }

    /** A small one, with the value now beside its title. */
    PlotPage small(String title, Curves curves) {
        var plot = new LinePlot(title, LinePlot.Scales.EACH);
        plot.compactProperty().set(true);
        return add(plot, past -> plot.show(data(past, curves)));
    }

    PlotPage stack(String title, Measure measure, Curves curves) {
        var plot = new StackedAreaPlot(title, measure);
        return add(plot, past -> plot.show(stacked(past, curves)));
    }

    PlotPage shares(String title, Curves curves) {
        var plot = new BarSharePlot(title);
        return add(
                plot,
                past -> plot.show(new PlotData(past.window(), curves.apply(past), past.marks())));
    }

    PlotPage heat(
            String title,
            Function<PastView, List<HeatData.Column>> columns,
            Function<PastView, List<TraceSample>> traces) {
        var plot = new HeatMapPlot(title);
        return add(
                plot,
                past ->
                        plot.show(
                                new HeatData(
                                        past.window(),
                                        columns.apply(past),
                                        past.marks(),
                                        traces.apply(past))));
    }

    /** What the last plot says while there is nothing to draw. */
    PlotPage empty(String words) {
        plots.getLast().setEmptyText(words);
        return this;
    }

    /** With the same curves of the other period behind them, if there is one. */
    private static PlotData data(PastView past, Curves curves) {
        var all = new ArrayList<>(curves.apply(past));
        var then = past.then();
        if (then != null) {
            curves.apply(then).forEach(curve -> all.add(curve.ghost(past.millisSince(then))));
        }
        return new PlotData(past.window(), all, past.marks());
    }

    /** Of the other period only the whole is shown, or all layers together. */
    private static PlotData stacked(PastView past, Curves curves) {
        var all = new ArrayList<>(curves.apply(past));
        var then = past.then();
        if (then != null) {
            var other = curves.apply(then);
            var whole = other.getLast();
            if (whole.stroke() != Curve.Stroke.DOTTED) {
                var sum = PastView.sum(other.stream().map(Curve::series).toList());
                whole = new Curve("together", whole.color(), whole.measure(), sum);
            }
            all.add(whole.ghost(past.millisSince(then)));
        }
        return new PlotData(past.window(), all, past.marks());
    }

    private PlotPage add(Plot plot, Consumer<PastView> feeder) {
        plot.setId("plot-" + plot.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        plot.setMinSize(0, 0);
        plots.add(plot);
        feeders.add(feeder);
        grid.getChildren().add(plot);
        return this;
    }

    /** Feeds all plots. */
    void show(PastView past) {
        feeders.forEach(feeder -> feeder.accept(past));
    }
}
