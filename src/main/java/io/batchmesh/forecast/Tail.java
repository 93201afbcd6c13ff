package io.batchmesh.forecast;

import java.util.Arrays;

/**
 * The time of a call: log-normal through its median and its p99, which is how latencies are usually
 * spread; a constant where the two are equal.
 */
final class Tail {
    /** The standard normal distribution has 99 % below this. */
    private static final double Z99 = 2.3263478740408408;

    /** Half of the points stand for this share of the calls, the others for the slow rest. */
    private static final double MOST = 0.95;

    private static final int HALF = 200;

    /** Times at which the distribution of a wait is computed; between them it is taken straight. */
    private static final int TIMES = 512;

    private final double median;
    private final double sigma;

    Tail(double p50, double p99) {
        this.median = p50;
        this.sigma = p50 > 0 && p99 > p50 ? Math.log(p99 / p50) / Z99 : 0;
    }

    double mean() {
        return median * Math.exp(sigma * sigma / 2);
    }

    /** The time that a share of calls stays below. */
    private double quantile(double share) {
        return sigma == 0 ? median : median * Math.exp(sigma * Normal.quantile(share));
    }

    /** A quantile of the sum of a wait and a call, which know nothing of each other. */
    double quantileWith(Wait wait, double share) {
        if (wait.longest() <= 0) {
            return quantile(share);
        }
        var calls = new double[sigma == 0 ? 1 : 2 * HALF];
        Arrays.setAll(calls, i -> sigma == 0 ? median : quantile(middle(i)));
        double low = calls[0];
        double high = calls[calls.length - 1] + wait.longest();
        var longer = longer(wait);
        for (int i = 0; i < 60 && high - low > 1e-9; i++) {
            double middle = (low + high) / 2;
            if (below(middle, wait.longest(), longer, calls) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The share of waits longer than each of many times, evenly spread up to the longest wait. */
    private static double[] longer(Wait wait) {
        var shares = new double[TIMES + 1];
        for (int i = 0; i < TIMES; i++) {
            shares[i] = wait.longerThan(wait.longest() * i / TIMES);
        }
        // Many are cut at the longest wait and not before: the share falls to 0 only there.
        shares[TIMES] = shares[TIMES - 1];
        return shares;
    }

    /** The share of calls below the point that stands for a few of them. */
    private static double middle(int point) {
        return point < HALF
                ? MOST * (point + 0.5) / HALF
                : MOST + (1 - MOST) * (point - HALF + 0.5) / HALF;
    }

    private static double below(double seconds, double longest, double[] longer, double[] calls) {
        if (calls.length == 1) {
            return 1 - longer(seconds - calls[0], longest, longer);
        }
        double most = 0;
        double rest = 0;
        for (int i = 0; i < HALF; i++) {
            most += 1 - longer(seconds - calls[i], longest, longer);
            rest += 1 - longer(seconds - calls[i + HALF], longest, longer);
        }
        return (MOST * most + (1 - MOST) * rest) / HALF;
    }

    private static double longer(double seconds, double longest, double[] longer) {
        if (seconds < 0) {
            return 1;
        }
        if (seconds >= longest) {
            return 0;
        }
        double place = seconds / longest * TIMES;
        int below = Math.min((int) place, TIMES - 1);
        return longer[below] + (place - below) * (longer[below + 1] - longer[below]);
    }
}
