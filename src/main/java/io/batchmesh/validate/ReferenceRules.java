package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that lead nowhere, among services, links and proxies. */
final class ReferenceRules {
    private static final int MOST_NAMED = 12;

    private ReferenceRules() {}

    static void check(Scope scope) {
        for (var service : scope.services()) {
            checkName(scope, service);
            traffic(scope, service.traffic(), service, scope.at(service).in("traffic"));
        }
        for (var link : scope.links()) {
            ends(scope, link);
            var called = scope.service(link.id().to());
            traffic(scope, link.traffic(), called, scope.at(link).in("traffic"));
        }
        proxies(scope);
    }

    private static void checkName(Scope scope, Service service) {
        if (!service.id().isWellFormed()) {
            scope.error(
                    "BM-101",
                    scope.at(service).in("name"),
                    "'" + service.name() + "' is no name that every mesh takes",
                    "use lower-case letters, digits, dots and hyphens, at most 253");
        }
    }

    private static void ends(Scope scope, Link link) {
        end(scope, link, link.id().from(), "from");
        end(scope, link, link.id().to(), "to");
        if (link.id().from().equals(link.id().to())) {
            scope.warn(
                    "BM-110",
                    scope.at(link),
                    link.id().from() + " calls itself",
                    "remove the link, or let it lead to another service");
        }
    }

    private static void end(Scope scope, Link link, ServiceId end, String field) {
        if (scope.service(end) == null) {
            scope.error(
                    "BM-102",
                    scope.at(link).in(field),
                    "there is no service '" + end + "'",
                    known(
                            scope.topology().services().keySet().stream()
                                    .map(ServiceId::name)
                                    .toList()));
        }
    }

    private static String known(List<String> names) {
        if (names.isEmpty()) {
            return "add it";
        }
        var some = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
        return "add it, or name one of " + some + (names.size() > MOST_NAMED ? ", …" : "");
    }

    private static void traffic(Scope scope, Traffic traffic, @Nullable Service called, Place at) {
        for (int i = 0; i < traffic.routes().size(); i++) {
            var route = traffic.routes().get(i);
            split(scope, route, called, at.in("routes", i));
            mirror(scope, route.mirror(), at.in("routes", i, "mirror"));
        }
        if (called != null) {
            failover(scope, traffic, called, at);
        }
        for (int i = 0; i < traffic.allow().size(); i++) {
            allowed(scope, traffic.allow().get(i).from(), at.in("allow", i, "from"));
        }
    }

    private static void split(Scope scope, Route route, @Nullable Service called, Place at) {
        if (called == null) {
            return;
        }
        for (var subset : route.split().keySet()) {
            if (called.subset(subset) == null) {
                scope.error(
                        "BM-103",
                        at.in("split", subset),
                        "route '%s' leads to the subset '%s', which %s does not have"
                                .formatted(route.name(), subset, called.name()),
                        known(subsets(called)));
            }
        }
    }

    private static List<String> subsets(Service service) {
        return service.subsets().stream().map(Subset::name).toList();
    }

    private static void mirror(Scope scope, @Nullable Mirror mirror, Place at) {
        if (mirror == null) {
            return;
        }
        var service = scope.service(new ServiceId(mirror.service()));
        if (service == null) {
            scope.error(
                    "BM-104",
                    at.in("service"),
                    "copies go to '" + mirror.service() + "', which is no service",
                    "add it, name another, or remove the mirror");
        } else if (mirror.subset() != null && service.subset(mirror.subset()) == null) {
            scope.error(
                    "BM-104",
                    at.in("subset"),
                    "copies go to the subset '%s', which %s does not have"
                            .formatted(mirror.subset(), service.name()),
                    known(subsets(service)));
        }
    }

    private static void failover(Scope scope, Traffic traffic, Service called, Place at) {
        var failover = traffic.resilience().failover();
        if (failover == null) {
            return;
        }
        var zones = zones(scope.topology());
        var own = new LinkedHashSet<String>();
        called.subsets().forEach(s -> s.endpoints().forEach(e -> add(own, e.zone())));
        for (int i = 0; i < failover.zones().size(); i++) {
            var zone = failover.zones().get(i);
            var place = at.in("failover", "zones", i);
            if (!zones.contains(zone.from())) {
                zone(scope, place.in("from"), zone.from(), "nothing runs", zones);
            }
            for (int k = 0; k < zone.to().size(); k++) {
                if (!own.contains(zone.to().get(k))) {
                    var what = called.name() + " has no endpoint";
                    zone(scope, place.in("to", k), zone.to().get(k), what, own);
                }
            }
        }
    }

    private static void zone(Scope scope, Place at, String zone, String what, Set<String> known) {
        scope.warn(
                "BM-105",
                at,
                what + " in zone '" + zone + "'",
                known.isEmpty()
                        ? "give endpoints their zones"
                        : "name one of " + String.join(", ", known));
    }

    private static Set<String> zones(Topology topology) {
        var zones = new LinkedHashSet<String>();
        for (var service : topology.services().values()) {
            service.subsets().forEach(s -> s.endpoints().forEach(e -> add(zones, e.zone())));
        }
        return zones;
    }

    private static void add(Set<String> zones, @Nullable String zone) {
        if (zone != null) {
            zones.add(zone);
        }
    }

    private static void allowed(Scope scope, String from, Place at) {
        if (scope.service(new ServiceId(from)) == null) {
            scope.warn(
                    "BM-107",
                    at,
                    "the rule allows '" + from + "', which is no service here",
                    "correct the name, or remove the rule");
        }
    }

    private static void proxies(Scope scope) {
        for (var proxy : scope.topology().proxies().values()) {
            var service = scope.service(proxy.service());
            if (service == null) {
                scope.error(
                        "BM-106",
                        scope.at(proxy.id()).in("service"),
                        "proxy %s stands beside '%s', which is no service"
                                .formatted(proxy.id(), proxy.service()),
                        "name the service whose endpoint it stands beside");
            } else if (proxy.subset() != null && service.subset(proxy.subset()) == null) {
                scope.error(
                        "BM-106",
                        scope.at(proxy.id()).in("subset"),
                        "proxy %s stands beside the subset '%s', which %s does not have"
                                .formatted(proxy.id(), proxy.subset(), service.name()),
                        known(subsets(service)));
            }
        }
    }
}
