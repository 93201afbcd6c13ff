package io.batchmesh.forecast;

/**
 * The wait in a window that the first request opens and that is cut after a time or at a number of
 * requests, whichever comes first. The formulas stand in the package documentation.
 */
final class FixedWindow implements Wait {
    private final double rate;
    private final double window;
    private final int most;
    private final double items;
    private final double itemsSeen;
    private final double itemsSeenP99;
    private final double mean;
    private final double whole;

    /**
     * A window.
     *
     * @param rate arrivals per second, above 0
     * @param window seconds, at least 0
     * @param most requests in a batch, at least 1
     */
    FixedWindow(double rate, double window, int most) {
        this.rate = rate;
        this.window = window;
        this.most = most;
        var below = Poisson.atMost(rate * window, most);
        double size = 1;
        double squares = 1;
        double weighted = 0;
        for (int j = 1; j < most; j++) {
            double reaches = 1 - below[j - 1];
            size += reaches;
            squares += (2 * j + 1) * reaches;
            weighted += j * reaches;
        }
        this.items = size;
        this.itemsSeen = squares / size;
        this.itemsSeenP99 = p99(below, size, most);
        this.mean = weighted / (rate * size);
        this.whole = reached(window);
    }

    /** Of b times as many requests as batches of b; a full one holds all that come in time. */
    private static double p99(double[] below, double size, int most) {
        double share = 0;
        for (int b = 1; b < most; b++) {
            share += b * (below[b - 1] - (b == 1 ? 0 : below[b - 2])) / size;
            if (share >= 0.99) {
                return b;
            }
        }
        return most;
    }

    /** G of the package documentation. */
    private double reached(double seconds) {
        return most < 3 ? 0 : Poisson.meanUpTo(rate * seconds, most - 2);
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
        return itemsSeenP99;
    }

    @Override
    public double longerThan(double seconds) {
        if (seconds < 0) {
            return 1;
        }
        if (seconds >= window || most < 2) {
            return 0;
        }
        double first = Poisson.atMostOne(rate * seconds, most - 2);
        return Math.clamp((first + whole - reached(seconds)) / items, 0, 1);
    }

    @Override
    public double longest() {
        return most < 2 ? 0 : window;
    }
}
