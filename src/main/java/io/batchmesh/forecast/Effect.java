package io.batchmesh.forecast;

/**
 * What a link costs and gives, over all of its requests, those included that a cache answers.
 *
 * @param mean seconds that a request takes
 * @param p99 seconds of those that are sent
 * @param cores CPU cores of both sidecars together
 * @param bytesPerSecond on the wire, both ways
 * @param serviceCallsPerSecond that reach the service
 */
public record Effect(
        double mean,
        double p99,
        double cores,
        double bytesPerSecond,
        double serviceCallsPerSecond) {
    static Effect of(Forecast forecast, Workload load) {
        return new Effect(
                forecast.mean() * (1 - load.answered()),
                forecast.p99(),
                forecast.cores(),
                forecast.bytesPerSecond(),
                forecast.serviceCallsPerSecond());
    }
}
