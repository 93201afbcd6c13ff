package io.batchmesh.forecast;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceSimulation;
import io.batchmesh.model.Topology;
import io.batchmesh.quantity.Durations;
import java.util.HashSet;
import java.util.Set;

/** What a link of the local mesh carries, by what its file says. */
public final class DrawnLoad {
    /** A request of the load without body: line and fields. */
    private static final double HEAD_BYTES = 200;

    /** An answer's line and fields. */
    private static final double REPLY_HEAD_BYTES = 120;

    /** A bearer token of a caller. */
    private static final double TOKEN_BYTES = 660;

    private DrawnLoad() {}

    /**
     * The workload of a link.
     *
     * @param rate requests per second, above 0
     */
    public static Workload of(Topology topology, Link link, double rate) {
        var simulated = link.simulated();
        var shape = simulated.request();
        var callee = topology.service(link.id().to());
        var known = callee == null ? null : callee.simulation();
        var service = known == null ? ServiceSimulation.DEFAULT : known;
        boolean bulk = callee != null && callee.bulk() != null;
        double time = Durations.seconds(service.serviceTime());
        var bits = simulated.bandwidth();
        return new Workload(
                rate,
                HEAD_BYTES + shape.bytes() + (shape.identities() > 0 ? TOKEN_BYTES : 0),
                REPLY_HEAD_BYTES + service.responseBytes(),
                1,
                answered(link, rate),
                new Workload.Wire(
                        Durations.seconds(simulated.delay()),
                        bits == null ? Double.POSITIVE_INFINITY : bits / 8.0),
                new Workload.Service(time, time, Durations.seconds(service.itemTime()), bulk),
                Queues.of(topology, link.id()));
    }

    /**
     * The share that the cache answers: of the requests for one of many things, each thing is
     * fetched once and then given until its time is up.
     */
    private static double answered(Link link, double rate) {
        var cache = link.window().cache();
        var shape = link.simulated().request();
        if (cache == null || shape.identities() > 0 || !shape.method().equals("GET")) {
            return 0;
        }
        double again = rate / shape.distinct() * Durations.seconds(cache.ttl());
        return again / (1 + again);
    }

    /**
     * Requests per second of a link: a link without a rate of its own carries calls for each
     * request that its caller serves; 0 when nothing says how many.
     */
    public static double rate(Topology topology, Link link) {
        return rate(topology, link, new HashSet<>());
    }

    private static double rate(Topology topology, Link link, Set<LinkId> above) {
        var own = link.simulated().rate();
        if (own != null) {
            return own;
        }
        if (!above.add(link.id())) {
            return 0;
        }
        double served = 0;
        for (var into : topology.linksTo(link.id().from())) {
            served += rate(topology, into, above);
        }
        above.remove(link.id());
        return served * link.simulated().calls();
    }
}
