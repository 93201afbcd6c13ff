package io.batchmesh.forecast;

import java.util.Arrays;

/**
 * The wait where a batch is cut as soon as the transport is free: requests that come while the last
 * batch is being written make up the next one, and a request that finds the transport free goes by
 * itself. The sizes of batches are a Markov chain: after one of b requests, which takes {@code
 * frame + b * item}, comes one of as many as arrived meanwhile (of one, after a pause, when none
 * did). Its stationary distribution is found by iteration.
 *
 * <p>What does not fit into the next batch is left over for the one after it; that is counted in.
 */
final class NaturalBatching implements Wait {
    /** Sizes beyond which the model says that the link is saturated. */
    private static final int STATES = 768;

    private static final int ROUNDS = 4_000;
    private static final double SETTLED = 1e-10;
    private static final double NEVER = 1e-9;

    private final double rate;
    private final double frame;
    private final double item;
    private final int most;
    private final double[] queued;
    private final double items;
    private final double itemsSeen;
    private final double mean;

    /**
     * A link.
     *
     * @param rate arrivals per second, above 0
     * @param frame seconds that the transport is busy with a batch, whatever its size
     * @param item further seconds for each request in it
     * @param most requests in a batch, at least 1
     */
    NaturalBatching(double rate, double frame, double item, int most) {
        this.rate = rate;
        this.frame = frame;
        this.item = item;
        this.most = most;
        this.queued = trimmed(stationary());
        double batches = 0;
        double taken = 0;
        double squares = 0;
        double waited = 0;
        for (int n = 1; n < queued.length; n++) {
            int size = Math.min(n, most);
            double busy = busy(size);
            batches += queued[n];
            taken += queued[n] * size;
            squares += queued[n] * size * size;
            // Those who come meanwhile wait for half of it; those left over for all of it.
            waited += queued[n] * (rate * busy * busy / 2 + (n - size) * busy);
        }
        this.items = taken / batches;
        this.itemsSeen = squares / taken;
        this.mean = waited / taken;
    }

    /** Without the sizes that next to never come. */
    private static double[] trimmed(double[] chances) {
        int end = chances.length;
        while (end > 2 && chances[end - 1] < NEVER) {
            end--;
        }
        return Arrays.copyOf(chances, end);
    }

    private double busy(int size) {
        return frame + size * item;
    }

    /** Whether more comes than the transport can ever take. */
    boolean saturated() {
        return rate * busy(most) >= most;
    }

    /** The chance of n requests waiting when a batch is cut, from n = 1. */
    private double[] stationary() {
        var now = new double[STATES];
        now[1] = 1;
        var moves = moves();
        for (int round = 0; round < ROUNDS; round++) {
            var next = new double[STATES];
            for (int n = 1; n < STATES; n++) {
                if (now[n] > 0) {
                    move(now[n], n, moves[Math.min(n, most)], next);
                }
            }
            double change = 0;
            for (int n = 0; n < STATES; n++) {
                change += Math.abs(next[n] - now[n]);
            }
            now = next;
            if (change < SETTLED) {
                break;
            }
        }
        return now;
    }

    /** Arrivals while a batch of each size is written. */
    private double[][] moves() {
        var moves = new double[Math.min(most, STATES - 1) + 1][];
        for (int size = 1; size < moves.length; size++) {
            var all = Poisson.probabilities(rate * busy(size), STATES - 1);
            int end = STATES;
            while (end > 1 && all[end - 1] < 1e-14) {
                end--;
            }
            moves[size] = Arrays.copyOf(all, end);
        }
        return moves;
    }

    private void move(double chance, int waiting, double[] arrivals, double[] next) {
        int left = Math.max(0, waiting - most);
        double rest = 1;
        for (int a = 0; a < arrivals.length; a++) {
            int n = Math.clamp(left + a, 1, STATES - 1);
            next[n] += chance * arrivals[a];
            rest -= arrivals[a];
        }
        next[STATES - 1] += chance * Math.max(0, rest);
    }

    @Override
    public double mean() {
        return mean;
    }

    @Override
    public double itemsPerBatch() {
        return items;
    }

    @Override
    public double itemsSeen() {
        return itemsSeen;
    }

    @Override
    public double itemsSeenP99() {
        double taken = 0;
        for (int n = 1; n < queued.length; n++) {
            taken += queued[n] * Math.min(n, most);
        }
        double share = 0;
        for (int n = 1; n < queued.length; n++) {
            share += queued[n] * Math.min(n, most) / taken;
            if (share >= 0.99) {
                return Math.min(n, most);
            }
        }
        return Math.min(queued.length - 1, most);
    }

    /** Those who come while a batch is written wait evenly between nothing and all of its time. */
    @Override
    public double longerThan(double seconds) {
        if (seconds < 0) {
            return 1;
        }
        double longer = 0;
        double taken = 0;
        for (int n = 1; n < queued.length; n++) {
            int size = Math.min(n, most);
            double busy = busy(size);
            taken += queued[n] * size;
            double beyond = Math.max(0, busy - seconds);
            longer += queued[n] * (rate * beyond + (busy > seconds ? n - size : 0));
        }
        return Math.clamp(longer / taken, 0, 1);
    }

    @Override
    public double longest() {
        int last = queued.length - 1;
        return busy(Math.min(last, most)) * (1 + Math.floorDiv(last, most));
    }
}
