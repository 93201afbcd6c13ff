package io.batchmesh.ui.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

    @ParameterizedTest
    @CsvSource({
        "LATENCY, 0.0088, 10, ms, 2",
        "LATENCY, 0.0004, 500, µs, 100",
        "LATENCY, 3.1, 4, s, 1",
        "LATENCY, 0.00096, 1.0, ms, 0.2",
        "RATE, 6120, 8000, per second, 2000",
        "RATE, 479, 500, per second, 100",
        "CORES, 0.33, 0.4, cores, 0.1",
        "BYTES, 300000, 400, KiB, 100",
        "SHARE, 0.01, 100, %, 25"
    })
    void the_top_is_round_in_a_unit_that_suits(
            Measure measure, double greatest, double top, String unit, double step) {
        Scale scale = Scale.of(measure, greatest, 5);

        assertEquals(top, scale.top() / scale.unit().factor(), top * 1e-9);
        assertEquals(step, scale.step() / scale.unit().factor(), step * 1e-9);
        assertEquals(unit, scale.unit().name());
    }

    @Test
    void steps_are_1_2_or_5_and_few_for_any_value() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            double greatest = Math.pow(10, random.nextDouble() * 14 - 6);
            int intervals = 1 + random.nextInt(6);
            Scale scale = Scale.of(Measure.RATE, greatest, intervals);
            String of = greatest + " in " + intervals + ", seed " + seed;
            double digits =
                    scale.step() / Math.pow(10, Math.floor(Math.log10(scale.step()) + 1e-6));

            assertTrue(scale.top() >= greatest, of);
            assertTrue(Math.round(scale.top() / scale.step()) <= intervals, of);
            assertTrue(Set.of(1L, 2L, 5L).contains(Math.round(digits)), of + ": " + scale);
            assertTrue(scale.step() < greatest * 20, of);
        }
    }

    @Test
    void a_scale_stays_while_values_wander_below_its_top() {
        Scale scale = Scale.of(Measure.LATENCY, 0.009, 5);

        assertSame(scale, scale.next(0.0099, 5));
        assertSame(scale, scale.next(0.004, 5));
        assertSame(scale, scale.next(Double.NaN, 5));
    }

    @Test
    void a_scale_grows_at_once_and_shrinks_when_it_is_mostly_empty() {
        Scale scale = Scale.of(Measure.LATENCY, 0.009, 5);

        assertEquals(0.015, scale.next(0.0101, 5).top(), 1e-12);
        assertEquals(0.0025, scale.next(0.0021, 5).top(), 1e-12);
        assertNotEquals(scale, scale.next(0.003, 5));
    }

    @Test
    void labels_are_bare_numbers_of_one_width() {
        Scale scale = Scale.of(Measure.LATENCY, 0.0018, 4);

        assertEquals(
                List.of("0.0", "0.5", "1.0", "1.5", "2.0"),
                scale.ticks().stream().map(scale::label).toList());
        assertEquals("0 – 8,000/s", Scale.of(Measure.RATE, 6120, 5).range());
        assertEquals("0 – 10 ms", Scale.of(Measure.LATENCY, 0.009, 5).range());
        assertEquals("20k", Scale.of(Measure.RATE, 61_000, 5).label(20_000));
    }

    @Test
    void nothing_but_zeros_still_has_an_axis() {
        assertTrue(Scale.of(Measure.RATE, 0, 5).top() > 0);
        assertTrue(Scale.of(Measure.LATENCY, Double.NaN, 5).top() > 0);
    }

    @Test
    void a_logarithmic_axis_holds_its_values_and_stays_while_it_suits() {
        LogScale scale = LogScale.of(0.0021, 0.048);

        assertEquals(0.002, scale.bottom(), 1e-9);
        assertEquals(0.05, scale.top(), 1e-9);
        assertEquals(0, scale.position(0.002), 1e-9);
        assertEquals(1, scale.position(0.05), 1e-9);
        assertEquals(0.01, scale.at(scale.position(0.01)), 1e-9);
        assertSame(scale, scale.next(0.003, 0.03));
        assertSame(scale, scale.next(Double.NaN, Double.NaN));
        assertEquals(0.5, scale.next(0.003, 0.4).top(), 1e-9);
        assertEquals("2 ms", LogScale.label(scale.ticks(9).getFirst()));
        assertEquals("500 µs", LogScale.label(0.0005));
        assertEquals("1 s", LogScale.label(1));
    }
}
