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
    P99,
    /** 95th percentile of the latency in seconds. */
    P95,
    /** Answers with a 4xx code per second. */
    CLIENT_ERRORS,
    /** Answers with a 5xx code per second. */
    SERVER_ERRORS,
    /** Requests per second that got no answer. */
    NO_ANSWERS;

    /** Reads it. */
    public double of(ServiceMetrics service) {
        return switch (this) {
            case REQUESTS -> service.requestsPerSecond();
            case ERROR_SHARE -> service.errorShare();
            case MEAN -> service.latency().mean();
            case P50 -> service.latency().p50();
            case P99 -> service.latency().p99();
            case P95 -> service.latency().p95();
            case CLIENT_ERRORS -> AnswerKind.CLIENT_ERROR.sum(service.codesPerSecond());
            case SERVER_ERRORS -> serverErrors(service);
            case NO_ANSWERS -> AnswerKind.NO_ANSWER.sum(service.codesPerSecond());
        };
    }

    private static double serverErrors(ServiceMetrics service) {
        var codes = service.codesPerSecond();
        return AnswerKind.GATEWAY.sum(codes)
                + AnswerKind.UNAVAILABLE.sum(codes)
                + AnswerKind.SERVER_ERROR.sum(codes);
    }
}
