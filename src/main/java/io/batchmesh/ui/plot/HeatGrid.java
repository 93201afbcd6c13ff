package io.batchmesh.ui.plot;

import io.batchmesh.metrics.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * How many requests fell into each cell of a heat map.
 *
 * @param cells by stretch of time, then by row from the bottom; an empty array where nothing is
 *     known
 */
record HeatGrid(TimeBins bins, LogScale scale, List<double[]> cells) {

    /** Spreads every bucket over the rows that it touches, evenly on the logarithmic axis. */
    static HeatGrid of(TimeBins bins, HistogramSnapshot[] columns, LogScale scale, int rows) {
        List<double[]> cells = new ArrayList<>();
        for (HistogramSnapshot column : columns) {
            cells.add(column.count() > 0 ? rows(column, scale, rows) : new double[0]);
        }
        return new HeatGrid(bins, scale, cells);
    }

    /** The lowest and the highest edge of a bucket that holds something; {@code NaN} if none. */
    static double[] extent(HistogramSnapshot[] columns) {
        double least = Double.NaN;
        double greatest = Double.NaN;
        for (HistogramSnapshot column : columns) {
            for (int i = 0; i < column.buckets(); i++) {
                if (inBucket(column, i) > 0) {
                    double low = lower(column, i);
                    double high = upper(column, i);
                    least = low >= least ? least : low;
                    greatest = high <= greatest ? greatest : high;
                }
            }
        }
        return new double[] {least, greatest};
    }

    double greatestShare() {
        double greatest = 0;
        for (double[] column : cells) {
            double total = total(column);
            for (double cell : column) {
                greatest = Math.max(greatest, cell / total);
            }
        }
        return greatest;
    }

    static double total(double[] column) {
        double total = 0;
        for (double cell : column) {
            total += cell;
        }
        return total;
    }

    private static double[] rows(HistogramSnapshot column, LogScale scale, int rows) {
        double[] cells = new double[rows];
        for (int i = 0; i < column.buckets(); i++) {
            double count = inBucket(column, i);
            if (count > 0) {
                double from = Math.clamp(scale.position(lower(column, i)), 0, 1) * rows;
                double to = Math.clamp(scale.position(upper(column, i)), 0, 1) * rows;
                spread(cells, from, to, count);
            }
        }
        return cells;
    }

    private static void spread(double[] cells, double from, double to, double count) {
        int first = (int) Math.min(cells.length - 1.0, Math.floor(from + 1e-9));
        int last = (int) Math.max(first, Math.min(cells.length, Math.ceil(to - 1e-9)) - 1);
        double length = to - from;
        for (int row = first; row <= last; row++) {
            double shared = Math.min(to, row + 1.0) - Math.max(from, row);
            cells[row] += length > 1e-9 ? count * Math.max(0, shared) / length : count;
        }
    }

    private static double inBucket(HistogramSnapshot column, int i) {
        return column.cumulativeCount(i) - (i > 0 ? column.cumulativeCount(i - 1) : 0);
    }

    private static double lower(HistogramSnapshot column, int i) {
        double bound = i > 0 ? column.upperBound(i - 1) : 0;
        return bound > 0 ? bound : upper(column, i) / 2;
    }

    private static double upper(HistogramSnapshot column, int i) {
        double bound = column.upperBound(i);
        return Double.isInfinite(bound) && i > 0 ? column.upperBound(i - 1) * 2 : bound;
    }
}
