package io.batchmesh.forecast;

/**
 * Probabilities of a Poisson distribution, also where the mean is large. What is so far from the
 * mean that it is below 1e-17 counts as nothing.
 */
final class Poisson {
    /** Standard deviations from the mean beyond which next to nothing lies. */
    private static final double FAR = 12;

    private static final double NOTHING = 1e-17;

    private Poisson() {}

    /** {@code P(X = 0) … P(X = most)}. */
    static double[] probabilities(double mean, int most) {
        var p = new double[most + 1];
        if (mean <= 0) {
            p[0] = 1;
            return p;
        }
        int first = first(mean);
        double one = one(mean, first);
        for (int j = first; j <= most && (j < mean || one > NOTHING); j++) {
            p[j] = one;
            one *= mean / (j + 1);
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
        if (most < 0 || mean <= 0) {
            return most < 0 ? 0 : 1;
        }
        int first = first(mean);
        double one = one(mean, first);
        double sum = 0;
        for (int j = first; j <= most && (j < mean || one > NOTHING); j++) {
            sum += one;
            one *= mean / (j + 1);
        }
        return Math.min(1, sum);
    }

    /** The mean of the lesser of X and a bound, 0 or more: {@code P(X ≥ 1) + … + P(X ≥ most)}. */
    static double meanUpTo(double mean, int most) {
        if (mean <= 0) {
            return 0;
        }
        int first = first(mean);
        double one = one(mean, first);
        double below = 0;
        double sum = Math.min(first, most);
        for (int j = first; j < most; j++) {
            below += one;
            double more = 1 - below;
            if (j > mean && one <= NOTHING) {
                break;
            }
            sum += Math.max(0, more);
            one *= mean / (j + 1);
        }
        return sum;
    }

    /** The least value that is not next to impossible. */
    private static int first(double mean) {
        return mean < 200 ? 0 : (int) (mean - FAR * Math.sqrt(mean));
    }

    /** {@code P(X = n)}; n is 0, or large enough for Stirling's series. */
    private static double one(double mean, int n) {
        if (n == 0) {
            return Math.exp(-mean);
        }
        double inverse = 1.0 / n;
        double series = inverse / 12 - inverse * inverse * inverse / 360;
        double factorial = n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
        return Math.exp(n * Math.log(mean) - mean - factorial);
    }
}
