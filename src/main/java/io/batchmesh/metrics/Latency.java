package io.batchmesh.metrics;

/**
 * How long something took over one window of observation.
 *
 * @param mean seconds, {@code NaN} where nothing was observed
 * @param p50 median in seconds, {@code NaN} where nothing was observed
 * @param p95 95th percentile in seconds, {@code NaN} where nothing was observed
 * @param p99 99th percentile in seconds, {@code NaN} where nothing was observed
 * @param count number of observations in the window
 */
public record Latency(double mean, double p50, double p95, double p99, double count) {
    /** Nothing was observed. */
    public static final Latency NONE =
            new Latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

    /** What the observations of one window say; quantiles as Prometheus would estimate them. */
    public static Latency of(HistogramSnapshot increase) {
        if (!(increase.count() > 0)) {
            return NONE;
        }
        var quantiles = increase.quantiles(0.50, 0.95, 0.99);
        return new Latency(
                increase.mean(), quantiles[0], quantiles[1], quantiles[2], increase.count());
    }

    /** Whether there was at least one observation. */
    public boolean present() {
        return count > 0;
    }
}
