package io.batchmesh.metrics;

import java.util.List;
import java.util.Map;

/**
 * What goes over a link, per second; {@code NaN} where it is not known.
 *
 * @param requestsPerSecond requests that were answered, whatever the answer
 * @param errorsPerSecond those among them answered with a 5xx code or with none
 * @param shedPerSecond requests turned away because a bound was reached
 * @param retriesPerSecond requests sent again
 * @param splitPerSecond requests per second by subset, in the order of the names
 * @param openBreakers endpoints whose circuit breaker is open, sorted
 * @param codesPerSecond answers per second by the label {@code code}, in the order of the codes
 * @param ejectionsPerSecond times per second that an endpoint was left out for its failures
 * @param unhealthy endpoints that do not pass their checks, sorted
 */
public record LinkTraffic(
        double requestsPerSecond,
        double errorsPerSecond,
        double shedPerSecond,
        double retriesPerSecond,
        Map<String, Double> splitPerSecond,
        List<String> openBreakers,
        Map<String, Double> codesPerSecond,
        double ejectionsPerSecond,
        List<String> unhealthy) {
    /** Nothing is known. */
    public static final LinkTraffic NONE =
            new LinkTraffic(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Map.of(), List.of());

    public LinkTraffic {
        splitPerSecond = Frozen.map(splitPerSecond);
        openBreakers = List.copyOf(openBreakers);
        codesPerSecond = Frozen.map(codesPerSecond);
        unhealthy = List.copyOf(unhealthy);
    }

    /** Without what is known by code and by endpoint. */
    public LinkTraffic(
            double requestsPerSecond,
            double errorsPerSecond,
            double shedPerSecond,
            double retriesPerSecond,
            Map<String, Double> splitPerSecond,
            List<String> openBreakers) {
        this(
                requestsPerSecond,
                errorsPerSecond,
                shedPerSecond,
                retriesPerSecond,
                splitPerSecond,
                openBreakers,
                Map.of(),
                Double.NaN,
                List.of());
    }

    /** Errors among requests, 0 to 1; {@code NaN} without requests. */
    public double errorShare() {
        return requestsPerSecond > 0 ? errorsPerSecond / requestsPerSecond : Double.NaN;
    }
}
