package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkSimulation;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.quantity.Bandwidths;
import io.batchmesh.quantity.Sizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A simulation that the local mesh could not keep up with, or that shows nothing. */
final class SimulationRules {
    private static final long MOST_BYTES = 16L << 20;
    private static final double NANOS = 1e9;

    private SimulationRules() {}

    static void check(Scope scope) {
        if (scope.rates().isEndless()) {
            endless(scope);
        }
        for (var link : scope.links()) {
            unused(scope, link);
            wire(scope, link);
            size(
                    scope,
                    scope.at(link).in("simulation", "request", "bytes"),
                    link.simulated().request().bytes());
        }
        for (var service : scope.services()) {
            busy(scope, service);
            silent(scope, service);
            size(
                    scope,
                    scope.at(service).in("simulation", "responseBytes"),
                    service.simulated().responseBytes());
        }
    }

    private static void endless(Scope scope) {
        var names = round(scope);
        var text = String.join(" → ", names.stream().map(ServiceId::name).toList());
        var first =
                scope.from(names.getFirst()).stream()
                        .filter(l -> l.id().to().equals(names.get(1)))
                        .findFirst()
                        .orElseThrow();
        scope.error(
                "BM-501",
                scope.at(first).in("simulation", "calls"),
                "calls go round without end: " + text,
                "make the calls of one of these links a fraction, so that each round has fewer");
    }

    /** One way round, from a service back to itself. */
    private static List<ServiceId> round(Scope scope) {
        var circle = scope.rates().circle();
        Set<ServiceId> path = new LinkedHashSet<>();
        var at = circle.iterator().next();
        while (path.add(at)) {
            at = next(scope, at, circle);
        }
        var way = List.copyOf(path);
        var loop = new ArrayList<>(way.subList(way.indexOf(at), way.size()));
        loop.add(at);
        return loop;
    }

    private static ServiceId next(Scope scope, ServiceId at, Set<ServiceId> circle) {
        return scope.from(at).stream()
                .filter(l -> l.simulated().rate() == null && l.simulated().calls() > 0)
                .filter(l -> circle.contains(l.id().to()))
                .max(Comparator.comparingDouble(l -> l.simulated().calls()))
                .map(l -> l.id().to())
                .orElseThrow();
    }

    private static void unused(Scope scope, Link link) {
        var simulation = link.simulated();
        if (simulation.rate() != null && simulation.calls() != LinkSimulation.DEFAULT.calls()) {
            scope.info(
                    "BM-502",
                    scope.at(link).in("simulation", "calls"),
                    "calls do not count where a rate is given",
                    "remove one of them");
        }
    }

    private static void wire(Scope scope, Link link) {
        var bandwidth = link.simulated().bandwidth();
        var called = scope.service(link.id().to());
        if (bandwidth == null || called == null) {
            return;
        }
        long bytes =
                Math.max(link.simulated().request().bytes(), called.simulated().responseBytes());
        double bits = scope.rates().of(link.id()) * bytes * 8;
        if (bits > bandwidth && !shrinks(link)) {
            scope.warn(
                    "BM-504",
                    scope.at(link).in("simulation", "bandwidth"),
                    String.format(
                            Locale.ROOT,
                            "%.1f Mbit/s are to go over a wire of %s",
                            bits / 1e6,
                            Bandwidths.format(bandwidth)),
                    "compress the batches, cache the answers, or lower the rate");
        }
    }

    /** Whether compression or a cache may make less of what goes over the wire. */
    private static boolean shrinks(Link link) {
        var window = link.window();
        var compression = window.compression();
        boolean compresses = compression == null || compression.codec() != Compression.Codec.OFF;
        boolean batches = window.policy() != BatchWindow.Policy.OFF;
        return window.cache() != null || (batches && compresses);
    }

    /** What a stand-in takes in on average, against what it can serve at a time. */
    private static void busy(Scope scope, Service service) {
        var simulation = service.simulated();
        if (simulation.concurrency() == 0) {
            return;
        }
        double seconds = 0;
        for (var link : scope.to(service.id())) {
            seconds += scope.rates().of(link.id()) * perItem(service, link) / NANOS;
        }
        if (seconds > simulation.concurrency()) {
            scope.warn(
                    "BM-505",
                    scope.at(service).in("simulation", "concurrency"),
                    String.format(
                            Locale.ROOT,
                            "%s is asked for %.1f s of work each second and serves %d at a time",
                            service.name(),
                            seconds,
                            simulation.concurrency()),
                    "batch its calls, cache its answers, lower the rate, or let it serve more");
        }
    }

    private static double perItem(Service service, Link link) {
        var simulation = service.simulated();
        var window = link.window();
        if (window.cache() != null) {
            return 0;
        }
        var bulk = service.bulk();
        boolean joined =
                bulk != null
                        && window.policy() != BatchWindow.Policy.OFF
                        && WindowRules.isBulk(bulk, link);
        int items = joined ? window.maxItems() : 1;
        return (double) simulation.serviceTime().toNanos() / items
                + simulation.itemTime().toNanos();
    }

    private static void silent(Scope scope, Service service) {
        boolean makesLoad =
                scope.from(service.id()).stream().anyMatch(l -> l.simulated().rate() != null);
        if (service.kind() == ServiceKind.GATEWAY
                && !makesLoad
                && !scope.from(service.id()).isEmpty()
                && scope.rates().of(service.id()) == 0) {
            scope.info(
                    "BM-503",
                    scope.at(service),
                    "no load comes in at " + service.name() + ": its links have no rate",
                    "add \"simulation\": { \"rate\": 100 } to one of them");
        }
    }

    private static void size(Scope scope, Place at, long bytes) {
        if (bytes > MOST_BYTES) {
            scope.error(
                    "BM-506",
                    at,
                    "the local mesh does not make messages of " + Sizes.format(bytes),
                    "at most " + Sizes.format(MOST_BYTES));
        }
    }
}
