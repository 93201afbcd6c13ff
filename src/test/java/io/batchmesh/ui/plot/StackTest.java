package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTest {

    @Test
    void layers_are_added_up() {
        Stack stack = Stack.of(SampleSeries.stages(i -> 1));

        assertEquals(5, stack.layers().size());
        assertEquals(3e-3, stack.edges().get(1).value(10), 1e-12);
        assertEquals(15e-3, stack.whole().value(10), 1e-12);
    }

    @Test
    void where_one_layer_is_not_known_no_sum_is() {
        Series known = SampleSeries.of(i -> 1);
        Series partly = SampleSeries.of(i -> i < 100 ? Double.NaN : 2);
        Stack stack =
                Stack.of(
                        new PlotData(
                                SampleSeries.WINDOW,
                                List.of(
                                        Curve.of(Stage.COLLECT, Measure.LATENCY, known),
                                        Curve.of(Stage.SEND, Measure.LATENCY, partly))));

        assertTrue(Double.isNaN(stack.edges().get(0).value(99)));
        assertEquals(1, stack.edges().get(0).value(100));
        assertEquals(3, stack.whole().value(100));
    }

    @Test
    void a_layer_of_which_nothing_is_known_is_left_out() {
        Series known = SampleSeries.of(i -> 1);
        Series unknown = SampleSeries.of(i -> Double.NaN);
        Stack stack =
                Stack.of(
                        new PlotData(
                                SampleSeries.WINDOW,
                                List.of(
                                        Curve.of(Stage.COLLECT, Measure.LATENCY, known),
                                        Curve.of(Stage.CACHE, Measure.LATENCY, unknown))));

        assertEquals(1, stack.layers().size());
        assertEquals(1, stack.whole().value(100));
    }

    @Test
    void a_layer_that_was_read_a_moment_later_meets_the_others_by_time() {
        Series first = Series.of(new long[] {1000, 2000, 3000}, new double[] {1, 2, 3});
        Series later = Series.of(new long[] {2000, 3000, 4000}, new double[] {20, 30, 40});
        TimeWindow window = new TimeWindow(4000, Duration.ofSeconds(10));
        Stack stack =
                Stack.of(
                        new PlotData(
                                window,
                                List.of(
                                        Curve.of(Stage.COLLECT, Measure.LATENCY, first),
                                        Curve.of(Stage.SEND, Measure.LATENCY, later))));

        assertTrue(Double.isNaN(stack.whole().value(0)));
        assertEquals(22, stack.whole().value(1));
        assertEquals(33, stack.whole().value(2));
    }
}
