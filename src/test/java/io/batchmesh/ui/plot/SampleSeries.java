package io.batchmesh.ui.plot;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Five minutes of a point per second that end at a fixed moment. */
final class SampleSeries {
    static final int POINTS = 300;
    static final long NOW = 1_763_000_000_000L;
    static final TimeWindow WINDOW = new TimeWindow(NOW, Duration.ofMinutes(5));
    static final Mark PUSH = new Mark(Instant.ofEpochMilli(NOW - 150_000), "push 7");

    private SampleSeries() {}

    static Series of(IntToDoubleFunction value) {
        long[] times = new long[POINTS];
        double[] values = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            times[i] = NOW - (POINTS - 1 - i) * 1000L;
            values[i] = value.applyAsDouble(i);
        }
        return Series.of(times, values);
    }

    /** Collect 1 ms, combine 2 ms, … send 5 ms: together 15 ms, and 16 ms measured. */
    static PlotData stages(IntToDoubleFunction factor) {
        List<Curve> curves = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            double base = (curves.size() + 1) * 1e-3;
            Series series = of(i -> base * factor.applyAsDouble(i));
            curves.add(Curve.of(stage, Measure.LATENCY, series));
        }
        Series whole = of(i -> 16e-3 * factor.applyAsDouble(i));
        curves.add(Curve.whole("measured", Measure.LATENCY, whole));
        return new PlotData(WINDOW, curves, List.of(PUSH));
    }

    /** 100 requests in each second, all between 5 and 10 ms. */
    static HeatData heat() {
        List<HeatData.Column> columns = new ArrayList<>();
        double[] bounds = {0.001, 0.005, 0.01, 0.1, Double.POSITIVE_INFINITY};
        double[] counts = {0, 0, 100, 100, 100};
        for (int i = 0; i < POINTS; i++) {
            long at = NOW - (POINTS - 1 - i) * 1000L;
            columns.add(new HeatData.Column(at, HistogramSnapshot.of(bounds, counts, 0.75)));
        }
        return new HeatData(WINDOW, columns, List.of(PUSH));
    }
}
