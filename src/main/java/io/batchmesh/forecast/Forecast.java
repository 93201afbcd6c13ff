package io.batchmesh.forecast;

/**
 * What a window will do to a link. Times in seconds.
 *
 * @param meanWait mean wait for the batch to be cut
 * @param itemsPerBatch on average
 * @param framesPerSecond batches on the wire, or requests where none are made
 * @param serviceCallsPerSecond calls that reach the service
 * @param mean latency of a request
 * @param p50 of it
 * @param p99 of it
 * @param cores CPU cores that both sidecars use for it together
 * @param bytesPerSecond on the wire, both ways
 * @param linger the wait that was chosen, for a window that chooses it; else what is set
 * @param saturated whether more comes than the wire can carry: then the times grow for ever, and
 *     those above say nothing
 */
public record Forecast(
        double meanWait,
        double itemsPerBatch,
        double framesPerSecond,
        double serviceCallsPerSecond,
        double mean,
        double p50,
        double p99,
        double cores,
        double bytesPerSecond,
        double linger,
        boolean saturated) {
    Forecast asSaturated() {
        return new Forecast(
                meanWait,
                itemsPerBatch,
                framesPerSecond,
                serviceCallsPerSecond,
                mean,
                p50,
                p99,
                cores,
                bytesPerSecond,
                linger,
                true);
    }
}
