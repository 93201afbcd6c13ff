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
    /**
     * What is forecast.
     *
     * @param again how often one thing is asked for, per second, where calls are joined that are
     *     under way; NaN where none are. Whoever joins waits for half of the call, on average
     */
    static Effect of(Forecast forecast, Workload load, double again) {
        double joined = Double.isNaN(again) ? 0 : again * forecast.mean();
        return new Effect(
                forecast.mean() * (1 - load.answered()) * (1 + joined / 2),
                forecast.p99(),
                forecast.cores(),
                forecast.bytesPerSecond(),
                forecast.serviceCallsPerSecond());
    }
}
