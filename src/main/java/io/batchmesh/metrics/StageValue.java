package io.batchmesh.metrics;

/** What is plotted of a stage. */
public enum StageValue {
    /** Items per second. */
    ITEMS,
    /** Mean in seconds. */
    MEAN,
    /** Median in seconds. */
    P50,
    /** 95th percentile in seconds. */
    P95,
    /** 99th percentile in seconds. */
    P99;

    double of(StageMetrics metrics) {
        return switch (this) {
            case ITEMS -> metrics.itemsPerSecond();
            case MEAN -> metrics.latency().mean();
            case P50 -> metrics.latency().p50();
            case P95 -> metrics.latency().p95();
            case P99 -> metrics.latency().p99();
        };
    }
}
