package io.batchmesh.forecast;

/**
 * How long requests wait until their batch is cut. Times in seconds.
 *
 * <p>Immutable.
 */
public interface Wait {
    /** Mean over all requests. */
    double mean();

    /** Requests in a batch, on average; at least 1. */
    double itemsPerBatch();

    /**
     * Requests in the batch that a request is in, on average: more than {@link #itemsPerBatch},
     * since large batches have more requests to be in them.
     */
    double itemsSeen();

    /** Requests in the batch that a request is in, which for 99 of a hundred are not more. */
    double itemsSeenP99();

    /** The share of requests that wait longer than this. */
    double longerThan(double seconds);

    /** The longest that any request waits. */
    double longest();

    /** Nobody waits: each request goes by itself. */
    Wait NONE =
            new Wait() {
                @Override
                public double mean() {
                    return 0;
                }

                @Override
                public double itemsPerBatch() {
                    return 1;
                }

                @Override
                public double itemsSeen() {
                    return 1;
                }

                @Override
                public double itemsSeenP99() {
                    return 1;
                }

                @Override
                public double longerThan(double seconds) {
                    return seconds < 0 ? 1 : 0;
                }

                @Override
                public double longest() {
                    return 0;
                }
            };
}
