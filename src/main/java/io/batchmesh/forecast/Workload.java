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
 * @param queues among how many batch queues the requests are shared out evenly, at least 1: each
 *     calling endpoint has one for each called one
 */
public record Workload(
        double rate,
        double requestBytes,
        double replyBytes,
        double compression,
        double answered,
        Wire wire,
        Service service,
        double queues) {
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
        if (!(queues >= 1)) {
            throw new IllegalArgumentException("less than one queue: " + queues);
        }
    }

    /** One that a single queue takes. */
    public Workload(
            double rate,
            double requestBytes,
            double replyBytes,
            double compression,
            double answered,
            Wire wire,
            Service service) {
        this(rate, requestBytes, replyBytes, compression, answered, wire, service, 1);
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
                        service.bulk()),
                Math.max(1, two(queues)));
    }

    static double two(double value) {
        return value == 0 || !Double.isFinite(value)
                ? value
                : new BigDecimal(value).round(new MathContext(2)).doubleValue();
    }

    /** The same at another rate. */
    public Workload withRate(double other) {
        return new Workload(
                other, requestBytes, replyBytes, compression, answered, wire, service, queues);
    }

    /** The same over other queues. */
    public Workload withQueues(double other) {
        return new Workload(
                rate, requestBytes, replyBytes, compression, answered, wire, service, other);
    }

    /** The same with another share that is answered without the service. */
    public Workload withAnswered(double share) {
        return new Workload(
                rate, requestBytes, replyBytes, compression, share, wire, service, queues);
    }

    /** The same where bytes shrink otherwise. */
    public Workload withCompression(double other) {
        return new Workload(rate, requestBytes, replyBytes, other, answered, wire, service, queues);
    }

    /** The same with a service that takes so long for each request of a batch. */
    public Workload withItemTime(double item) {
        var other = new Service(service.p50(), service.p99(), item, service.bulk());
        return new Workload(
                rate, requestBytes, replyBytes, compression, answered, wire, other, queues);
    }

    /** The same with a service that takes so much less for a call, and not less than nothing. */
    Workload withServiceLessBy(double seconds) {
        double p50 = Math.max(0, service.p50() - seconds);
        double p99 = Math.max(p50, service.p99() - seconds);
        var other = new Service(p50, p99, service.item(), service.bulk());
        return new Workload(
                rate, requestBytes, replyBytes, compression, answered, wire, other, queues);
    }

    /** Mean seconds of a call of the service, there and back, without any wait for a batch. */
    double callSeconds() {
        return new Tail(service.p50(), service.p99()).mean() + 2 * wire.delay();
    }
}
