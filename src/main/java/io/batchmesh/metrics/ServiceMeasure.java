package io.batchmesh.metrics;

/** A number of a service that is kept over time. */
public enum ServiceMeasure {
    /** Requests per second. */
    REQUESTS,
    /** Share of errors, 0 to 1. */
    ERROR_SHARE,
    /** Mean latency in seconds. */
    MEAN,
    /** Median latency in seconds. */
    P50,
    /** 99th percentile of the latency in seconds. */
    P99;

    /** Reads it. */
    public double of(ServiceMetrics service) {
        return switch (this) {
            case REQUESTS -> service.requestsPerSecond();
            case ERROR_SHARE -> service.errorShare();
            case MEAN -> service.latency().mean();
            case P50 -> service.latency().p50();
            case P99 -> service.latency().p99();
        };
    }
}
