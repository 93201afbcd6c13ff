package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {
    @ParameterizedTest
    @CsvSource({"10, 1", "600, 1", "20000, 1", "200, 100"})
    void theGapsAreExponentialAndGiveTheRate(double rate, int burst) {
        long seed = 3;
        var arrivals = new Arrivals(rate, burst, new SplittableRandom(seed));
        int n = 100_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double gap = arrivals.gap() / 1e9;
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / n;
        assertEquals(burst / rate, mean, burst / rate * 0.02, "seed " + seed);
        double variation = Math.sqrt(squares / n - mean * mean) / mean;
        assertEquals(1, variation, 0.02, "an exponential deviates as much as its mean");
    }

    @Test
    void theSameSeedGivesTheSameMoments() {
        var one = new Arrivals(100, 1, new SplittableRandom(9));
        var two = new Arrivals(100, 1, new SplittableRandom(9));
        for (int i = 0; i < 100; i++) {
            assertEquals(one.gap(), two.gap());
        }
    }
}
