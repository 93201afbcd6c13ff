package io.batchmesh.forecast;

/** Probabilities of a Poisson distribution, exact also where the mean is large. */
final class Poisson {
    private Poisson() {}

    /** {@code P(X = 0) … P(X = most)}. */
    static double[] probabilities(double mean, int most) {
        var p = new double[most + 1];
        if (mean <= 0) {
            p[0] = 1;
            return p;
        }
        // In logarithms, since e^-mean is no double any more beyond 745.
        double log = -mean;
        for (int j = 0; j <= most; j++) {
            p[j] = Math.exp(log);
            log += Math.log(mean) - Math.log(j + 1);
        }
        return p;
    }

    /** {@code P(X ≤ 0) … P(X ≤ most)}. */
    static double[] atMost(double mean, int most) {
        var p = probabilities(mean, most);
        for (int j = 1; j <= most; j++) {
            p[j] = Math.min(1, p[j] + p[j - 1]);
        }
        return p;
    }

    /** {@code P(X ≤ most)}; 0 for a negative bound. */
    static double atMostOne(double mean, int most) {
        return most < 0 ? 0 : atMost(mean, most)[most];
    }
}
