package io.batchmesh.ui.plot;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.ui.theme.Formats;
import io.batchmesh.ui.theme.Swatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Latencies over time as cells whose strength is their share of the requests of that time. */
final class HeatView implements PlotView {
    private static final double CELL_WIDTH = 7;
    private static final double CELL_HEIGHT = 10;
    private static final double NEAR = 8;

    private @Nullable HeatData data;
    private LogScale scale = LogScale.of(1e-3, 1e-1);
    private TimeBins bins = new TimeBins(new TimeWindow(0, Duration.ofMinutes(5)), 10);
    private HistogramSnapshot[] columns = new HistogramSnapshot[0];
    private double width = 300;
    private int rows = 16;
    private double height = 160;

    void show(HeatData next) {
        data = next;
        gather(next);
    }

    @Override
    public void fit(double frameWidth, double frameHeight) {
        width = frameWidth;
        height = frameHeight;
        rows = Math.clamp((int) (frameHeight / CELL_HEIGHT), 4, 30);
        if (data != null) {
            gather(data);
        }
    }

    private void gather(HeatData from) {
        bins = TimeBins.of(from.window(), width, CELL_WIDTH);
        columns = new HistogramSnapshot[bins.count()];
        Arrays.fill(columns, HistogramSnapshot.EMPTY);
        for (HeatData.Column column : from.columns()) {
            int bin = bins.of(column.millis());
            if (bin >= 0 && bin < columns.length) {
                columns[bin] = columns[bin].plus(column.histogram());
            }
        }
        double[] extent = HeatGrid.extent(columns);
        scale = scale.next(extent[0], extent[1]);
    }

    @Override
    public @Nullable TimeWindow window() {
        return data == null ? null : data.window();
    }

    @Override
    public List<Mark> marks() {
        return data == null ? List.of() : data.marks();
    }

    @Override
    public boolean empty() {
        return Arrays.stream(columns).noneMatch(column -> column.count() > 0);
    }

    @Override
    public double secondsSinceLast() {
        if (data == null) {
            return Double.NaN;
        }
        for (HeatData.Column column : data.columns().reversed()) {
            if (column.histogram().count() > 0) {
                return (data.window().nowMillis() - column.millis()) / 1e3;
            }
        }
        return Double.NaN;
    }

    @Override
    public Picture picture() {
        return new HeatPicture(HeatGrid.of(bins, columns, scale, rows), rows, dots());
    }

    /** Where the traces of the stretch of time are. */
    private List<HeatPicture.Dot> dots() {
        var dots = new ArrayList<HeatPicture.Dot>();
        if (data != null) {
            for (var trace : data.traces()) {
                double x = across(trace, data.window());
                if (x >= 0 && x <= 1) {
                    double y = Math.clamp(scale.position(trace.seconds()), 0, 1);
                    dots.add(new HeatPicture.Dot(x, y, trace));
                }
            }
        }
        return dots;
    }

    private static double across(TraceSample trace, TimeWindow window) {
        return 1 - (window.nowMillis() - trace.millis()) / 1e3 / window.seconds();
    }

    /**
     * The trace that is nearest to a place, if one is near enough.
     *
     * @param x from 0 to 1, left to right
     * @param y from 0 to 1, bottom to top
     */
    @Nullable TraceSample traceAt(double x, double y) {
        TraceSample nearest = null;
        double least = NEAR;
        for (var dot : dots()) {
            double distance = Math.hypot((dot.x() - x) * width, (dot.y() - y) * height);
            if (distance < least) {
                least = distance;
                nearest = dot.trace();
            }
        }
        return nearest;
    }

    @Override
    public List<YLabel> yLabels() {
        return scale.ticks((int) (height / 16)).stream()
                .map(tick -> new YLabel(scale.position(tick), LogScale.label(tick)))
                .toList();
    }

    @Override
    public double yLabelWidth() {
        return 50;
    }

    @Override
    public String rangeText() {
        return LogScale.label(scale.bottom()) + " – " + LogScale.label(scale.top());
    }

    @Override
    public Reading reading(double secondsBefore, double at) {
        List<Reading.Row> read = new ArrayList<>();
        if (data == null) {
            return new Reading("", read);
        }
        int bin =
                Math.clamp(
                        bins.of(data.window().millisBefore(secondsBefore)), 0, columns.length - 1);
        HistogramSnapshot column = columns[bin];
        if (!Double.isNaN(at) && column.count() > 0) {
            read.add(cell(column, at));
        }
        read.add(row("p99", Formats.latency(column.quantile(0.99))));
        read.add(row("p50", Formats.latency(column.quantile(0.5))));
        read.add(
                row(
                        "requests",
                        column.count() > 0 ? Formats.count(column.count()) : Formats.UNKNOWN));
        return new Reading(bins.worded(secondsBefore), read);
    }

    private Reading.Row cell(HistogramSnapshot column, double at) {
        int cell = Math.clamp((int) (at * rows), 0, rows - 1);
        double[] cells =
                HeatGrid.of(bins, new HistogramSnapshot[] {column}, scale, rows).cells().getFirst();
        String range =
                Formats.latency(scale.at(cell / (double) rows))
                        + " – "
                        + Formats.latency(scale.at((cell + 1.0) / rows));
        return new Reading.Row(
                Swatch.ACCENT, Key.Shape.AREA, range, Formats.share(cells[cell] / column.count()));
    }

    private static Reading.Row row(String name, String value) {
        return new Reading.Row(Swatch.TEXT, Key.Shape.NONE, name, Formats.fixed(value, 8));
    }

    @Override
    public List<Legend.Entry> legend() {
        return dots().isEmpty()
                ? List.of()
                : List.of(
                        new Legend.Entry(
                                Swatch.TEXT, Key.Shape.AREA, "a request with a trace: click it"));
    }

    @Override
    public String unitText() {
        return "log scale";
    }

    @Override
    public String valueText() {
        return "p99 " + Formats.latency(now().quantile(0.99));
    }

    @Override
    public String csv() {
        return data == null ? "" : PlotCsv.of(data);
    }

    @Override
    public String describe() {
        HistogramSnapshot now = now();
        return "half of the requests took up to "
                + Formats.latency(now.quantile(0.5))
                + ", 99 of 100 up to "
                + Formats.latency(now.quantile(0.99));
    }

    private HistogramSnapshot now() {
        return data == null || data.columns().isEmpty()
                ? HistogramSnapshot.EMPTY
                : data.columns().getLast().histogram();
    }
}
