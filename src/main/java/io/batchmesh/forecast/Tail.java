package io.batchmesh.forecast;

import java.util.Arrays;

/**
 * The time of a call: log-normal through its median and its p99, which is how latencies are usually
 * spread; a constant where the two are equal.
 */
final class Tail {
    /** The standard normal distribution has 99 % below this. */
    private static final double Z99 = 2.3263478740408408;

    private static final int POINTS = 400;

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
        var calls = new double[sigma == 0 ? 1 : POINTS];
        Arrays.setAll(calls, i -> quantile((i + 0.5) / calls.length));
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

    private static double below(double seconds, double longest, double[] longer, double[] calls) {
        double sum = 0;
        for (double call : calls) {
            sum += 1 - longer(seconds - call, longest, longer);
        }
        return sum / calls.length;
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
