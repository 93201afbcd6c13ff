package io.batchmesh.forecast;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What goes over a link and what it meets. Times in seconds, sizes in bytes.
 *
 * @param rate requests per second, above 0
 * @param requestBytes of one request on the wire, before compression
 * @param replyBytes of one answer
 * @param compression bytes after compression for each before it, above 0; 1 for none
 * @param answered share of requests that are answered without the service, by a cache or since the
 *     same is asked already; 0 to 1
 * @param wire the way there
 * @param service what answers
 */
public record Workload(
        double rate,
        double requestBytes,
        double replyBytes,
        double compression,
        double answered,
        Wire wire,
        Service service) {
    /**
     * A wire.
     *
     * @param delay one way
     * @param bandwidth bytes per second; infinite for one that is never short
     */
    public record Wire(double delay, double bandwidth) {}

    /**
     * A service.
     *
     * @param p50 half of the calls take no longer
     * @param p99 of a hundred calls one takes longer; at least p50
     * @param item further time for each request of a batch that it takes itself
     * @param bulk whether it takes batches itself, so that all of a batch are answered together
     */
    public record Service(double p50, double p99, double item, boolean bulk) {}

    public Workload {
        if (!(rate > 0) || !(compression > 0) || answered < 0 || answered > 1) {
            throw new IllegalArgumentException(
                    "rate and compression are above 0, a share is 0 to 1");
        }
    }

    /** The same to two digits: what was forecast of it holds while it changes by less. */
    public Workload rounded() {
        return new Workload(
                two(rate),
                two(requestBytes),
                two(replyBytes),
                two(compression),
                two(answered),
                new Wire(two(wire.delay()), two(wire.bandwidth())),
                new Service(
                        two(service.p50()),
                        two(service.p99()),
                        two(service.item()),
                        service.bulk()));
    }

    private static double two(double value) {
        return value == 0 || !Double.isFinite(value)
                ? value
                : new BigDecimal(value).round(new MathContext(2)).doubleValue();
    }

    /** The same at another rate. */
    public Workload withRate(double other) {
        return new Workload(other, requestBytes, replyBytes, compression, answered, wire, service);
    }
}
