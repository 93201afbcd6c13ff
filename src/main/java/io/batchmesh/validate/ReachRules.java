package io.batchmesh.validate;

import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** Services that no request reaches, and services that cannot answer one. */
final class ReachRules {
    private ReachRules() {}

    static void check(Scope scope) {
        var reached = reached(scope);
        for (var service : scope.services()) {
            boolean alone = scope.from(service.id()).isEmpty() && scope.to(service.id()).isEmpty();
            if (alone) {
                isolated(scope, service);
            } else if (!reached.contains(service.id())) {
                scope.warn(
                        "BM-121",
                        scope.at(service),
                        "no request reaches " + service.name(),
                        "link it from a service that is reached, or make it a gateway");
            } else if (service.kind() == ServiceKind.GATEWAY
                    && scope.from(service.id()).isEmpty()) {
                scope.warn(
                        "BM-123",
                        scope.at(service),
                        "the gateway " + service.name() + " leads nowhere",
                        "link it to the services that it lets in");
            }
            answers(scope, service);
        }
    }

    /** What a gateway, or a service that calls of its own accord, leads to. */
    private static Set<ServiceId> reached(Scope scope) {
        var reached = new HashSet<ServiceId>();
        for (var service : scope.services()) {
            if (service.kind() == ServiceKind.GATEWAY) {
                reached.add(service.id());
            }
        }
        for (var link : scope.links()) {
            if (link.simulated().rate() != null) {
                reached.add(link.id().from());
            }
        }
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (var link : scope.from(open.removeFirst())) {
                if (reached.add(link.id().to())) {
                    open.add(link.id().to());
                }
            }
        }
        return reached;
    }

    private static void isolated(Scope scope, Service service) {
        scope.info(
                "BM-122",
                scope.at(service),
                service.name() + " calls nobody and is called by nobody",
                "draw a link, or remove it");
    }

    private static void answers(Scope scope, Service service) {
        if (service.ports().isEmpty()) {
            scope.warn(
                    "BM-125",
                    scope.at(service),
                    service.name() + " has no port",
                    "add the port on which it listens");
        }
        boolean none = service.subsets().stream().allMatch(s -> s.endpoints().isEmpty());
        if (none && !scope.to(service.id()).isEmpty()) {
            scope.error(
                    "BM-124",
                    scope.at(service).in("subsets"),
                    service.name() + " is called and has no endpoint, so nobody can answer",
                    "add a subset with an endpoint");
        } else if (none) {
            scope.warn(
                    "BM-124",
                    scope.at(service).in("subsets"),
                    service.name() + " has no endpoint, so no proxy stands beside it",
                    "add a subset with an endpoint");
        } else {
            emptySubsets(scope, service);
        }
    }

    private static void emptySubsets(Scope scope, Service service) {
        for (int i = 0; i < service.subsets().size(); i++) {
            var subset = service.subsets().get(i);
            if (!subset.endpoints().isEmpty()) {
                continue;
            }
            var at = scope.at(service).in("subsets", i, "endpoints");
            var what = "the subset '%s' of %s".formatted(subset.name(), service.name());
            if (weighted(scope, service, subset.name())) {
                scope.error(
                        "BM-126",
                        at,
                        what + " gets requests and has no endpoint",
                        "add an endpoint, or set its weights to 0");
            } else {
                scope.warn("BM-126", at, what + " has no endpoint", "add one, or remove it");
            }
        }
    }

    private static boolean weighted(Scope scope, Service service, String subset) {
        return service.traffic().routes().stream()
                        .anyMatch(r -> r.split().getOrDefault(subset, 0) > 0)
                || scope.to(service.id()).stream()
                        .flatMap(l -> l.traffic().routes().stream())
                        .anyMatch(r -> r.split().getOrDefault(subset, 0) > 0);
    }
}
