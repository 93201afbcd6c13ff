package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.HistogramSnapshot;
import org.junit.jupiter.api.Test;

class HeatGridTest {
    private static final double[] BOUNDS = {0.001, 0.01, 0.1, Double.POSITIVE_INFINITY};
    private static final TimeBins BINS = TimeBins.of(SampleSeries.WINDOW, 300, 8);

    @Test
    void a_bucket_is_spread_over_the_rows_it_touches() {
        HistogramSnapshot column = histogram(0, 90, 90, 90);
        HeatGrid grid =
                HeatGrid.of(BINS, new HistogramSnapshot[] {column}, new LogScale(0.001, 0.1), 6);
        double[] rows = grid.cells().getFirst();

        assertEquals(30, rows[0], 1e-9);
        assertEquals(30, rows[2], 1e-9);
        assertEquals(0, rows[3], 1e-9);
        assertEquals(90, HeatGrid.total(rows), 1e-9);
        assertEquals(1 / 3.0, grid.greatestShare(), 1e-9);
    }

    @Test
    void nothing_is_lost_outside_the_axis() {
        HistogramSnapshot column = histogram(7, 20, 40, 50);
        HeatGrid grid =
                HeatGrid.of(BINS, new HistogramSnapshot[] {column}, new LogScale(0.005, 0.05), 9);

        assertEquals(50, HeatGrid.total(grid.cells().getFirst()), 1e-9);
    }

    @Test
    void the_extent_is_that_of_the_buckets_that_hold_something() {
        double[] extent =
                HeatGrid.extent(
                        new HistogramSnapshot[] {HistogramSnapshot.EMPTY, histogram(0, 5, 5, 5)});

        assertEquals(0.001, extent[0], 1e-12);
        assertEquals(0.01, extent[1], 1e-12);
        assertTrue(Double.isNaN(HeatGrid.extent(new HistogramSnapshot[0])[0]));
    }

    @Test
    void a_column_without_requests_is_empty_and_not_zero() {
        HeatGrid grid =
                HeatGrid.of(
                        BINS,
                        new HistogramSnapshot[] {HistogramSnapshot.EMPTY},
                        new LogScale(0.001, 0.1),
                        6);

        assertEquals(0, grid.cells().getFirst().length);
    }

    private static HistogramSnapshot histogram(double... cumulative) {
        return HistogramSnapshot.of(BOUNDS, cumulative, 1);
    }
}
