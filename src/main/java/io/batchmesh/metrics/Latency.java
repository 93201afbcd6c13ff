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
        return new Latency(
                increase.mean(),
                increase.quantile(0.50),
                increase.quantile(0.95),
                increase.quantile(0.99),
                increase.count());
    }

    /** Whether there was at least one observation. */
    public boolean present() {
        return count > 0;
    }
}
