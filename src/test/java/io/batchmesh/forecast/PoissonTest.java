package io.batchmesh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonTest {
    /** By logarithms, term by term. */
    private static double plain(double mean, int n) {
        double log = -mean;
        for (int j = 1; j <= n; j++) {
            log += Math.log(mean) - Math.log(j);
        }
        return Math.exp(log);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.3, 1, 17.5, 199, 201, 1_000, 3_000})
    void probabilitiesSumsAndBoundedMeansAreThoseOfTheDefinition(double mean) {
        int most = (int) (mean + 40 + 10 * Math.sqrt(mean));
        var all = Poisson.probabilities(mean, most);
        var sums = Poisson.atMost(mean, most);
        double sum = 0;
        double upTo = 0;
        for (int n = 0; n <= most; n++) {
            double one = plain(mean, n);
            assertEquals(one, all[n], 1e-9 * one + 1e-16, "P(X = " + n + ")");
            if (n % 13 == 0) {
                assertEquals(upTo, Poisson.meanUpTo(mean, n), 1e-9 * mean + 1e-12);
            }
            sum += one;
            upTo += 1 - sum;
            assertEquals(sum, sums[n], 1e-9, "P(X ≤ " + n + ")");
            if (n % 97 == 0) {
                assertEquals(sum, Poisson.atMostOne(mean, n), 1e-9, "P(X ≤ " + n + ") alone");
            }
        }
        assertEquals(1, sums[most], 1e-9);
    }
}
