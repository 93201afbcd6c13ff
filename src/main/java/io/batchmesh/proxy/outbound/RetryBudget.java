package io.batchmesh.proxy.outbound;

/** Keeps retries to a fifth of the requests, so that they do not finish off what is overloaded. */
final class RetryBudget {
    private static final double SHARE = 0.2;
    private static final double MOST = 100;

    /** So that a link with little traffic may retry at all. */
    private double tokens = 3;

    /** A request came. */
    void deposit() {
        tokens = Math.min(MOST, tokens + SHARE);
    }

    /** Takes a retry out; false when there is none left. */
    boolean withdraw() {
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
