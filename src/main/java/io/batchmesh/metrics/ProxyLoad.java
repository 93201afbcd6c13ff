package io.batchmesh.metrics;

/**
 * What one proxy carries, calls that it makes and calls that reach it together; {@code NaN} where
 * it is not known.
 *
 * @param requestsPerSecond requests answered
 * @param errorsPerSecond those among them answered with a 5xx code or with none
 * @param p99 99th percentile of their latency in seconds
 * @param retriesPerSecond requests sent again
 * @param queueItems items that wait now
 * @param openBreakers endpoints whose circuit breaker is open
 */
public record ProxyLoad(
        double requestsPerSecond,
        double errorsPerSecond,
        double p99,
        double retriesPerSecond,
        double queueItems,
        double openBreakers) {
    /** Nothing is known. */
    public static final ProxyLoad NONE =
            new ProxyLoad(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** A number of it that is kept over time. */
    public enum Measure {
        /** Requests per second. */
        REQUESTS,
        /** Errors per second. */
        ERRORS,
        /** 99th percentile of the latency in seconds. */
        P99,
        /** Retries per second. */
        RETRIES,
        /** Items waiting. */
        QUEUE,
        /** Open breakers. */
        BREAKERS;

        /** Reads it. */
        public double of(ProxyLoad load) {
            return switch (this) {
                case REQUESTS -> load.requestsPerSecond;
                case ERRORS -> load.errorsPerSecond;
                case P99 -> load.p99;
                case RETRIES -> load.retriesPerSecond;
                case QUEUE -> load.queueItems;
                case BREAKERS -> load.openBreakers;
            };
        }
    }

    /** Errors among requests, 0 to 1; {@code NaN} without requests. */
    public double errorShare() {
        return requestsPerSecond > 0 ? errorsPerSecond / requestsPerSecond : Double.NaN;
    }
}
