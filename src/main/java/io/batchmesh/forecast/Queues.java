package io.batchmesh.forecast;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;

/**
 * Among how many batch queues the requests of a link are shared out: each sidecar of the calling
 * service has one for each endpoint of the called one, and requests of two queues never share a
 * batch.
 */
public final class Queues {
    private Queues() {}

    /** By the drawing alone, with each endpoint called alike. */
    public static double of(Topology topology, LinkId link) {
        var called = topology.service(link.to());
        return callers(topology, link.from()) * Math.max(1, called == null ? 1 : endpoints(called));
    }

    /**
     * By the drawing and by how many requests each subset is seen to get. Uneven shares count as
     * fewer queues, {@code 1 / Σ share²}: so many even ones have the same mean rate, as seen by a
     * request.
     */
    public static double of(Topology topology, LinkId link, LinkMetrics seen) {
        var called = topology.service(link.to());
        var split = seen.traffic().splitPerSecond();
        var shares = new ArrayList<Double>();
        if (called != null) {
            for (var subset : called.subsets()) {
                double rate = split.getOrDefault(subset.name(), 0.0);
                for (int i = 0; i < subset.endpoints().size(); i++) {
                    shares.add(rate / subset.endpoints().size());
                }
            }
        }
        double all = shares.stream().mapToDouble(s -> s).sum();
        if (!(all > 0)) {
            return of(topology, link);
        }
        double squares = shares.stream().mapToDouble(s -> s / all * (s / all)).sum();
        return callers(topology, link.from()) * Math.max(1, 1 / squares);
    }

    private static int callers(Topology topology, ServiceId id) {
        var service = topology.service(id);
        return Math.max(1, service == null ? 1 : endpoints(service));
    }

    private static int endpoints(Service service) {
        return service.subsets().stream().mapToInt(s -> s.endpoints().size()).sum();
    }
}
