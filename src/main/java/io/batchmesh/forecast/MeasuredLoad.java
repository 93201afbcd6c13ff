package io.batchmesh.forecast;

import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.SendPart;
import org.jspecify.annotations.Nullable;

/**
 * What a link carries and what it meets, by what is measured of it now. What is not measured is
 * taken to be nothing: no delay where no peer reports any, no bytes where none are counted. The
 * metrics count bytes of both directions together, so half of them are taken for each.
 */
public final class MeasuredLoad {
    /** Somebody has to ask the service, or nothing is known of it. */
    static final double MOST_ANSWERED = 0.999;

    private MeasuredLoad() {}

    /**
     * The workload of a link.
     *
     * @param bulk whether the called service takes batches itself
     * @param queues among how many batch queues its requests are shared out, see {@link Queues}
     * @return null while the link carries nothing, or no answer has been timed
     */
    public static @Nullable Workload of(LinkMetrics seen, boolean bulk, double queues) {
        double rate = seen.requestsPerSecond();
        var service = service(seen, bulk);
        if (!(rate > 0) || service == null) {
            return null;
        }
        double each = or(seen.wire().rawBytesPerSecond() / seen.batching().itemsPerSecond(), 0);
        double ratio = seen.wire().ratio();
        return new Workload(
                rate,
                each / 2,
                each / 2,
                ratio > 0 ? 1 / ratio : 1,
                Math.clamp(or(seen.cache().savedPerSecond() / rate, 0), 0, MOST_ANSWERED),
                new Workload.Wire(delay(seen), Double.POSITIVE_INFINITY),
                service,
                queues);
    }

    /** Without batches all of the latency is that of the call. */
    private static Workload.@Nullable Service service(LinkMetrics seen, boolean bulk) {
        var service = part(seen, SendPart.SERVICE);
        if (service.present()) {
            double peer = or(part(seen, SendPart.PEER).mean(), 0);
            return service(service, peer, bulk);
        }
        var all = seen.latency().all();
        return all.present() ? service(all, 0, bulk) : null;
    }

    private static Workload.Service service(Latency time, double more, boolean bulk) {
        double p50 = time.p50() + more;
        return new Workload.Service(p50, Math.max(p50, time.p99() + more), 0, bulk);
    }

    private static double delay(LinkMetrics seen) {
        double out = or(part(seen, SendPart.WIRE_OUT).mean(), 0);
        double back = or(part(seen, SendPart.WIRE_BACK).mean(), 0);
        return (out + back) / 2;
    }

    private static Latency part(LinkMetrics seen, SendPart part) {
        return seen.breakdown().sendParts().getOrDefault(part, Latency.NONE);
    }

    private static double or(double value, double otherwise) {
        return Double.isFinite(value) ? value : otherwise;
    }
}
