package io.batchmesh.proxy.batch;

/**
 * How long the upstream needs for an item, so that hardly any takes longer: the moving average and
 * four times the moving deviation, as TCP times its retransmissions (RFC 6298, section 2). Confined
 * to one thread.
 */
final class SendEstimate {
    private static final int MEAN_SHARE = 8;
    private static final int DEVIATION_SHARE = 4;
    private static final int DEVIATIONS = 4;

    private boolean known;
    private long mean;
    private long deviation;

    /** Whether anything was observed. */
    boolean known() {
        return known;
    }

    long nanos() {
        return mean + DEVIATIONS * deviation;
    }

    void observe(long nanos) {
        if (!known) {
            known = true;
            mean = nanos;
            deviation = nanos / 2;
            return;
        }
        deviation += (Math.abs(nanos - mean) - deviation) / DEVIATION_SHARE;
        mean += (nanos - mean) / MEAN_SHARE;
    }
}
