package io.batchmesh.ui.plot;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.ui.Csv;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What a plot shows, as comma-separated values in base units. */
final class PlotCsv {
    private PlotCsv() {}

    /** A line for each moment of the window, a column for each curve. */
    static String of(PlotData data) {
        var window = data.window();
        var rows = new TreeMap<Long, double[]>();
        var header = new ArrayList<String>(List.of("time"));
        int n = data.curves().size();
        for (int c = 0; c < n; c++) {
            var curve = data.curves().get(c);
            header.add(named(curve));
            var series = curve.series();
            for (int i = 0; i < series.size(); i++) {
                long at = series.millis(i);
                if (at >= window.startMillis() && at <= window.nowMillis()) {
                    rows.computeIfAbsent(at, t -> gaps(n))[c] = series.value(i);
                }
            }
        }
        var csv = new Csv().line(header);
        rows.forEach((at, values) -> {
            var fields = new ArrayList<String>(List.of(Instant.ofEpochMilli(at).toString()));
            for (double value : values) {
                fields.add(Csv.field(value));
            }
            csv.line(fields);
        });
        return csv.toString();
    }

    /** A line for each moment and each bucket that holds something. */
    static String of(HeatData data) {
        var csv = new Csv().line(List.of("time", "from (s)", "up to (s)", "requests"));
        for (var column : data.columns()) {
            if (column.millis() >= data.window().startMillis()
                    && column.millis() <= data.window().nowMillis()) {
                add(csv, Instant.ofEpochMilli(column.millis()).toString(), column.histogram());
            }
        }
        return csv.toString();
    }

    private static void add(Csv csv, String time, HistogramSnapshot histogram) {
        for (int i = 0; i < histogram.buckets(); i++) {
            double below = i == 0 ? 0 : histogram.cumulativeCount(i - 1);
            double count = histogram.cumulativeCount(i) - below;
            if (count > 0) {
                csv.line(
                        List.of(
                                time,
                                Csv.field(i == 0 ? 0 : histogram.upperBound(i - 1)),
                                Csv.field(histogram.upperBound(i)),
                                Csv.field(count)));
            }
        }
    }

    private static String named(Curve curve) {
        var unit = curve.measure().baseUnit();
        return curve.name()
                + (curve.ghostly() ? ", other period" : "")
                + (unit.isEmpty() ? "" : " (" + unit + ")");
    }

    private static double[] gaps(int count) {
        var gaps = new double[count];
        Arrays.fill(gaps, Double.NaN);
        return gaps;
    }
}
