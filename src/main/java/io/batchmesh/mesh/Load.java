package io.batchmesh.mesh;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** All calls of a local mesh: those that services make of their own accord, and the others. */
final class Load implements AutoCloseable {
    private final Topology topology;
    private final List<RunningSidecar> sidecars;
    private final Wires wires;
    private final List<LoadGenerator> generators = new ArrayList<>();

    Load(Topology topology, List<RunningSidecar> sidecars, Wires wires) {
        this.topology = topology;
        this.sidecars = sidecars;
        this.wires = wires;
    }

    /** The sum of the rates of all links, in requests per second. */
    static double rate(Topology topology) {
        return topology.links().values().stream().mapToDouble(Load::rate).sum();
    }

    static double rate(Link link) {
        var rate = link.simulated().rate();
        return rate == null ? 0 : rate;
    }

    /**
     * Says to each stand-in whom it calls.
     *
     * @param entry the service that outsiders call; it makes its calls on links with a rate, too,
     *     since nobody but an outsider makes it serve a request
     */
    void direct(ServiceId entry, long seed) {
        var random = new SplittableRandom(seed);
        for (var sidecar : sidecars) {
            var service = sidecar.site().service();
            var plans =
                    topology.linksFrom(service).stream()
                            .filter(l -> rate(l) == 0 || service.equals(entry))
                            .filter(l -> !wires.reached(l.id()).isEmpty())
                            .map(Load::plan)
                            .toList();
            sidecar.standIn().calls(plans, sidecar.outbound(), random.nextLong());
        }
    }

    private static Outgoing.Plan plan(Link link) {
        var simulation = link.simulated();
        return new Outgoing.Plan(link.id(), simulation.calls(), simulation.request());
    }

    /** Starts the calls that services make of their own accord. */
    void start(MeshSettings settings, MeshParts parts) {
        var random = new SplittableRandom(settings.seed() + 1);
        double factor = settings.rate() == null ? 1 : settings.rate() / rate(topology);
        for (var link : topology.links().values()) {
            var to = callers(link);
            long seed = random.nextLong();
            if (rate(link) > 0 && !to.isEmpty()) {
                var plan =
                        new LoadGenerator.Plan(
                                link.id(),
                                new LoadGenerator.Pace(rate(link) * factor, settings.ramp(), seed),
                                link.simulated().request(),
                                link.id().to().name(),
                                to);
                generators.add(
                        LoadGenerator.start(plan, parts.loops().next(), parts.clocks().ticker()));
            }
        }
    }

    /** Where the calls of a link go: to the callers' sidecars, or without these to the callees. */
    private List<InetSocketAddress> callers(Link link) {
        if (wires.reached(link.id()).isEmpty()) {
            return List.of();
        }
        var own = new ArrayList<InetSocketAddress>();
        for (var sidecar : sidecars) {
            if (sidecar.site().service().equals(link.id().from())) {
                own.add(sidecar.outbound());
            }
        }
        if (!own.isEmpty()) {
            return own;
        }
        // Whoever has no sidecar has no certificate either.
        return isSecured(link) ? List.of() : wires.reached(link.id());
    }

    private boolean isSecured(Link link) {
        for (var sidecar : sidecars) {
            if (sidecar.site().service().equals(link.id().to()) && sidecar.secured()) {
                return true;
            }
        }
        return false;
    }

    /** What became of the calls that services make of their own accord, by link. */
    Map<LinkId, CallFigures> generated() {
        var figures = new LinkedHashMap<LinkId, CallFigures>();
        generators.forEach(g -> figures.put(g.link(), g.figures()));
        return figures;
    }

    /** What became of the calls that services make for requests, by link. */
    Map<LinkId, CallFigures> made() {
        var figures = new LinkedHashMap<LinkId, CallFigures>();
        for (var sidecar : sidecars) {
            for (var made : sidecar.standIn().made()) {
                figures.merge(made.link(), made.figures(), CallFigures::plus);
            }
        }
        return figures;
    }

    /** Whether all loads have their whole rate by now. */
    boolean risen() {
        return generators.stream().allMatch(LoadGenerator::risen);
    }

    /** The links that have a rate and nobody to make or take the calls. */
    List<LinkId> idle() {
        var running = generated().keySet();
        return topology.links().values().stream()
                .filter(l -> rate(l) > 0 && !running.contains(l.id()))
                .map(Link::id)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        generators.forEach(LoadGenerator::close);
    }
}
