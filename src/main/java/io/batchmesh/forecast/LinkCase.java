package io.batchmesh.forecast;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ProxyKind.Ability;
import io.batchmesh.model.Service;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.quantity.Durations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an advice about a link goes by.
 *
 * @param link which
 * @param window as it is drawn
 * @param load what it carries and meets, or null while nothing is seen
 * @param known how well that is known
 * @param kind what the drawing says of both ends
 */
public record LinkCase(
        LinkId link, BatchWindow window, @Nullable Workload load, Known known, Ends kind) {
    /**
     * How well a link is known.
     *
     * @param requests how many were observed; infinite where nothing is measured but said
     * @param lookUps of the cache that were observed
     * @param coalesced share of look-ups that joined one that was under way, NaN without look-ups
     * @param again how often one and the same thing is asked for, per second; NaN where it is not
     *     known
     * @param collect mean seconds that are seen to be waited for a batch, NaN where none is
     */
    public record Known(
            double requests, double lookUps, double coalesced, double again, double collect) {}

    /**
     * What the drawing says.
     *
     * @param batches whether the calling proxies can make batches
     * @param caches whether they can keep answers
     * @param http2 whether the service is called by HTTP/2
     * @param itemTime seconds that a service which takes batches is said to need for each request
     *     in one; NaN where it is not said
     */
    public record Ends(boolean batches, boolean caches, boolean http2, double itemTime) {
        /** Reads a drawing. */
        public static Ends of(Topology topology, Link link) {
            var callee = topology.service(link.id().to());
            return new Ends(
                    can(topology, link, Ability.BATCH) && !tcp(callee),
                    can(topology, link, Ability.CACHE) && !tcp(callee),
                    spoken(callee, Protocol.H2) || spoken(callee, Protocol.GRPC),
                    itemTime(callee));
        }

        private static boolean can(Topology topology, Link link, Ability ability) {
            return topology.proxies().values().stream()
                    .filter(p -> p.service().equals(link.id().from()))
                    .map(p -> p.kind())
                    .distinct()
                    .allMatch((ProxyKind kind) -> kind.can(ability));
        }

        private static boolean tcp(@Nullable Service service) {
            return spoken(service, Protocol.TCP);
        }

        private static boolean spoken(@Nullable Service service, Protocol protocol) {
            return service != null
                    && !service.ports().isEmpty()
                    && service.ports().getFirst().protocol() == protocol;
        }

        private static double itemTime(@Nullable Service service) {
            var simulation = service == null ? null : service.simulation();
            return simulation == null ? Double.NaN : Durations.seconds(simulation.itemTime());
        }
    }

    /** One of which nothing is seen. */
    public static LinkCase unseen(Topology topology, Link link) {
        var nothing = new Known(0, 0, Double.NaN, Double.NaN, Double.NaN);
        return new LinkCase(link.id(), link.window(), null, nothing, Ends.of(topology, link));
    }

    /** One that is measured. */
    public static LinkCase measured(Topology topology, Link link, LinkMetrics seen) {
        var callee = topology.service(link.id().to());
        boolean bulk = callee != null && callee.bulk() != null;
        var ends = Ends.of(topology, link);
        var load = MeasuredLoad.of(seen, bulk, Queues.of(topology, link.id(), seen));
        if (load == null) {
            return unseen(topology, link);
        }
        if (bulk && ends.itemTime() > 0) {
            load = perItem(load, ends.itemTime(), seen.batching().meanItems());
        }
        return new LinkCase(link.id(), link.window(), load, known(seen, load), ends);
    }

    /**
     * What is measured is the time of a whole batch: without what its requests took in it. A
     * request is in a larger batch than most; in a window that the first request opens, by its
     * variance over its mean.
     */
    private static Workload perItem(Workload load, double itemTime, double meanItems) {
        double size = meanItems >= 1 ? meanItems + (meanItems - 1) / meanItems : 1;
        return load.withItemTime(itemTime).withServiceLessBy(size * itemTime);
    }

    private static Known known(LinkMetrics seen, Workload load) {
        double requests = seen.latency().all().count();
        var cache = seen.cache().perSecond();
        double lookUps = 0;
        for (var entry : cache.entrySet()) {
            lookUps += entry.getKey().equals("bypass") ? 0 : entry.getValue();
        }
        double joined = cache.getOrDefault("coalesced", 0.0);
        double collect = seen.stage(Stage.COLLECT).latency().mean();
        return new Known(
                requests,
                lookUps > 0 ? requests * lookUps / load.rate() : 0,
                joined / lookUps,
                Repeats.perSecond(
                        joined / cache.getOrDefault("miss", 0.0),
                        load.callSeconds() + (Double.isNaN(collect) ? 0 : collect)),
                collect);
    }

    /**
     * What was seen of one link several times, as one: the means, by how many requests each time
     * tells of.
     *
     * @param seen at least one, the latest last; its window and ends count
     */
    public static LinkCase over(List<LinkCase> seen) {
        var last = seen.getLast();
        var loads = seen.stream().filter(c -> c.load != null).toList();
        return loads.isEmpty() ? last : MeanCase.of(loads, last);
    }

    /** The same to two digits, so that what is said of it holds while little changes. */
    public LinkCase rounded() {
        var rounded =
                new Known(
                        Workload.two(known.requests),
                        Workload.two(known.lookUps),
                        Workload.two(known.coalesced),
                        Workload.two(known.again),
                        Workload.two(known.collect));
        return new LinkCase(link, window, load == null ? null : load.rounded(), rounded, kind);
    }
}
