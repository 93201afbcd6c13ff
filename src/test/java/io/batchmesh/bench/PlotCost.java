package io.batchmesh.bench;

import com.sun.management.OperatingSystemMXBean;
import io.batchmesh.metrics.Series;
import io.batchmesh.ui.plot.Curve;
import io.batchmesh.ui.plot.LinePlot;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.plot.PlotData;
import io.batchmesh.ui.plot.TimeWindow;
import io.batchmesh.ui.theme.Theme;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.layout.GridPane;
import javafx.stage.Stage;

/**
 * Shows twelve plots of four series of 600 points that move on ten times a second, ours and
 * JavaFX's LineChart in turns, and writes the CPU cores that the process needs for each, a line per
 * turn, {@code own} and {@code chart}. Arguments: the file, turns, seconds of a turn.
 */
public final class PlotCost {
    private static final int PLOTS = 12;
    private static final int SERIES = 4;
    private static final int POINTS = 600;
    private static final long STEP = 100;
    private static final List<String> KINDS =
            List.of(System.getProperty("plot.kinds", "own,chart").split(",", -1));
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private PlotCost() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        var started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
        var lines = new ArrayList<String>();
        var stage = new Stage[1];
        onFx(() -> {
            stage[0] = new Stage();
            stage[0].setScene(new Scene(new GridPane(), 1440, 900));
            stage[0].getScene().setUserAgentStylesheet(Theme.DARK.stylesheet());
            stage[0].show();
        });
        int turns = Integer.parseInt(args[1]);
        for (int i = 0; i < turns; i++) {
            for (var kind : KINDS) {
                double cores = turn(stage[0], kind, Integer.parseInt(args[2]));
                lines.add(String.format(Locale.ROOT, "%s %.5f", kind, cores));
            }
        }
        Files.write(Path.of(args[0]), lines);
        System.exit(0);
    }

    private static double turn(Stage stage, String kind, int seconds) throws InterruptedException {
        var ticking = new Timeline[1];
        onFx(() -> {
            var shown = kind.equals("own") ? own() : charts();
            stage.getScene().setRoot(shown.root());
            var frame = new int[1];
            ticking[0] =
                    new Timeline(
                            new KeyFrame(
                                    javafx.util.Duration.millis(STEP),
                                    e -> shown.step().accept(frame[0]++)));
            ticking[0].setCycleCount(Animation.INDEFINITE);
            ticking[0].play();
        });
        // The first second lays out and fills.
        pause(1000);
        long cpu = PROCESS.getProcessCpuTime();
        long begun = System.nanoTime();
        pause(seconds * 1000L);
        double cores = (PROCESS.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
        onFx(() -> {
            ticking[0].stop();
            stage.getScene().setRoot(new GridPane());
        });
        return cores;
    }

    private static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    private static void onFx(Runnable task) throws InterruptedException {
        var done = new CountDownLatch(1);
        Platform.runLater(() -> {
            task.run();
            done.countDown();
        });
        done.await();
    }

    /** What is shown, and how it moves on by a step. */
    private record Shown(Parent root, Consumer<Integer> step) {}

    /** All values there will be, so that making them up costs none of the two. */
    private static final double[][] VALUES = values();

    private static double[][] values() {
        var values = new double[PLOTS * SERIES][20_000];
        for (int i = 0; i < values.length; i++) {
            for (int point = 0; point < values[i].length; point++) {
                values[i][point] = made(i / SERIES, i % SERIES, point);
            }
        }
        return values;
    }

    private static double value(int plot, int series, long point) {
        return VALUES[plot * SERIES + series][(int) point];
    }

    private static double made(int plot, int series, long point) {
        double slow = Math.sin((point + 37L * plot + 11L * series) / 40.0);
        double quick = Math.sin(point * 1.7 + series * 3.1 + plot);
        return 10 + 3 * series + 2 * slow + 0.7 * quick;
    }

    private static GridPane grid(List<? extends Node> plots) {
        var grid = new GridPane();
        grid.getStyleClass().add("bm-window");
        for (int i = 0; i < plots.size(); i++) {
            grid.add(plots.get(i), i % 3, i / 3);
        }
        return grid;
    }

    private static Shown own() {
        var plots =
                IntStream.range(0, PLOTS)
                        .mapToObj(i -> new LinePlot("plot " + i, LinePlot.Scales.ONE))
                        .toList();
        plots.forEach(p -> {
            p.setMinSize(480, 225);
            p.setMaxSize(480, 225);
        });
        return new Shown(
                grid(plots),
                frame -> {
                    for (int i = 0; i < PLOTS; i++) {
                        plots.get(i).show(data(i, frame));
                    }
                });
    }

    private static PlotData data(int plot, int frame) {
        var curves = new ArrayList<Curve>();
        long end = 1_700_000_000_000L + frame * STEP;
        for (int s = 0; s < SERIES; s++) {
            long[] times = new long[POINTS];
            double[] values = new double[POINTS];
            for (int i = 0; i < POINTS; i++) {
                times[i] = end - (POINTS - 1 - i) * STEP;
            }
            System.arraycopy(VALUES[plot * SERIES + s], frame, values, 0, POINTS);
            curves.add(CURVES.get(s).of(Series.of(times, values)));
        }
        return new PlotData(new TimeWindow(end, Duration.ofMillis(POINTS * STEP)), curves);
    }

    /** Makes a curve of one of the kinds that a plot has. */
    private interface Kind {
        Curve of(Series series);
    }

    private static final List<Kind> CURVES =
            IntStream.range(0, SERIES)
                    .mapToObj(i ->
                            (Kind)
                                    series ->
                                            Curve.of(
                                                    io.batchmesh.metrics.Stage.values()[i],
                                                    Measure.RATE,
                                                    series))
                    .toList();

    private static Shown charts() {
        var charts = new ArrayList<LineChart<Number, Number>>();
        var axes = new ArrayList<NumberAxis>();
        for (int p = 0; p < PLOTS; p++) {
            var x = new NumberAxis(0, POINTS, 100);
            var y = new NumberAxis(5, 25, 5);
            x.setAnimated(false);
            y.setAnimated(false);
            var chart = new LineChart<>(x, y);
            chart.setAnimated(false);
            chart.setCreateSymbols(false);
            chart.setTitle("plot " + p);
            chart.setMinSize(480, 225);
            chart.setMaxSize(480, 225);
            for (int s = 0; s < SERIES; s++) {
                var series = new XYChart.Series<Number, Number>();
                series.setName("series " + s);
                for (int i = 0; i < POINTS; i++) {
                    series.getData().add(new XYChart.Data<>(i, value(p, s, i)));
                }
                chart.getData().add(series);
            }
            charts.add(chart);
            axes.add(x);
        }
        return new Shown(grid(charts), frame -> advance(charts, axes, frame));
    }

    /** The cheap way: a point goes, a point comes, and the axis moves on. */
    private static void advance(
            List<LineChart<Number, Number>> charts, List<NumberAxis> axes, int frame) {
        for (int p = 0; p < PLOTS; p++) {
            axes.get(p).setLowerBound(frame + 1.0);
            axes.get(p).setUpperBound(frame + 1.0 + POINTS);
            for (int s = 0; s < SERIES; s++) {
                var data = charts.get(p).getData().get(s).getData();
                data.removeFirst();
                data.add(
                        new XYChart.Data<>(
                                (long) frame + POINTS, value(p, s, (long) frame + POINTS)));
            }
        }
    }
}
