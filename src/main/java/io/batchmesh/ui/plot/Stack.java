package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Curves added up, one on the other. Where one of them is not known the sums are not either, for
 * half a stack says nothing; a curve of which nothing at all is known is left out.
 *
 * @param layers those that are in the stack, from the bottom up
 * @param edges for each of them the sum of it and all below
 */
record Stack(List<Curve> layers, List<Series> edges) {
    static final Stack EMPTY = new Stack(List.of(), List.of());

    /** Adds up the solid curves, at the times of the first of them. */
    static Stack of(PlotData data) {
        List<Curve> layers =
                data.curves().stream()
                        .filter(curve -> !curve.dotted() && !curve.ghostly())
                        .filter(curve -> !Double.isNaN(data.greatest(curve)))
                        .toList();
        if (layers.isEmpty()) {
            return EMPTY;
        }
        long[] times = layers.getFirst().series().times();
        List<double[]> columns = new ArrayList<>();
        double[] whole = new double[times.length];
        for (Curve layer : layers) {
            double[] column = at(times, layer.series());
            columns.add(column);
            for (int i = 0; i < whole.length; i++) {
                whole[i] += column[i];
            }
        }
        List<Series> edges = new ArrayList<>();
        double[] sums = new double[times.length];
        for (double[] column : columns) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Double.isNaN(whole[i]) ? Double.NaN : sums[i] + column[i];
            }
            edges.add(Series.of(times, sums));
        }
        return new Stack(layers, edges);
    }

    /** The sum of all layers over time. */
    Series whole() {
        return edges.isEmpty() ? Series.EMPTY : edges.getLast();
    }

    /** The values of a series at given times: it may have been read a moment later. */
    private static double[] at(long[] times, Series series) {
        double[] values = new double[times.length];
        Arrays.fill(values, Double.NaN);
        int at = 0;
        for (int i = 0; i < times.length; i++) {
            while (at < series.size() && series.millis(at) < times[i]) {
                at++;
            }
            if (at < series.size() && series.millis(at) == times[i]) {
                values[i] = series.value(at);
            }
        }
        return values;
    }
}
