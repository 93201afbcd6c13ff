package io.batchmesh.edit;

import io.batchmesh.model.AllowRule;
import io.batchmesh.model.Group;
import io.batchmesh.model.Layout;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.Mirror;
import io.batchmesh.policy.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Carries the removal or the new name of a service or subset to all that names it. */
final class Dependents {
    private Dependents() {}

    static Topology withoutService(Topology t, ServiceId id) {
        var services = new LinkedHashMap<>(t.services());
        services.remove(id);
        var links = new LinkedHashMap<>(t.links());
        links.keySet().removeIf(l -> l.from().equals(id) || l.to().equals(id));
        var proxies = new LinkedHashMap<>(t.proxies());
        proxies.values().removeIf(p -> p.service().equals(id));
        var places = new LinkedHashMap<>(t.layout().services());
        places.remove(id);
        var groups =
                t.groups().stream()
                        .map(g -> regroup(g, Parts.without(g.services(), id::equals)))
                        .toList();
        var rest =
                new Topology(
                        t.name(),
                        services,
                        links,
                        proxies,
                        new Layout(places),
                        groups,
                        t.notes(),
                        t.tracing(),
                        AlertNames.without(t.alerts(), id));
        return traffic(rest, traffic -> withoutService(traffic, id.name()));
    }

    private static Group regroup(Group group, List<ServiceId> services) {
        return new Group(group.name(), services, group.collapsed());
    }

    private static Traffic withoutService(Traffic traffic, String name) {
        var routes =
                Parts.replace(
                        traffic.routes(),
                        r -> r.mirror() != null && r.mirror().service().equals(name),
                        r -> mirror(r, _ -> null));
        var allow = Parts.without(traffic.allow(), a -> a.from().equals(name));
        // No rule at all would open the service to everybody; then the finding tells of the last.
        return allow(traffic.withRoutes(routes), allow.isEmpty() ? traffic.allow() : allow);
    }

    static Topology renameService(Topology t, ServiceId from, ServiceId to) {
        UnaryOperator<ServiceId> name = id -> id.equals(from) ? to : id;
        var services =
                t.services().values().stream()
                        .map(s -> s.id().equals(from) ? named(s, to) : s)
                        .toList();
        var links =
                t.links().values().stream()
                        .map(l -> ends(l, name.apply(l.id().from()), name.apply(l.id().to())))
                        .toList();
        var proxies =
                t.proxies().values().stream()
                        .map(p ->
                                new Proxy(
                                        p.id(),
                                        name.apply(p.service()),
                                        p.subset(),
                                        p.kind(),
                                        p.admin()))
                        .toList();
        var places = new LinkedHashMap<ServiceId, Layout.Position>();
        t.layout().services().forEach((id, at) -> places.put(name.apply(id), at));
        var groups =
                t.groups().stream()
                        .map(g -> regroup(g, g.services().stream().map(name).toList()))
                        .toList();
        var renamed =
                new Topology(
                        t.name(),
                        Parts.index(services, Service::id),
                        Parts.index(links, Link::id),
                        Parts.index(proxies, Proxy::id),
                        new Layout(places),
                        groups,
                        t.notes(),
                        t.tracing(),
                        AlertNames.renamed(t.alerts(), from, to));
        return traffic(renamed, traffic -> renamed(traffic, from.name(), to.name()));
    }

    private static Service named(Service s, ServiceId id) {
        return new Service(
                id,
                s.namespace(),
                s.kind(),
                s.ports(),
                s.subsets(),
                s.traffic(),
                s.bulk(),
                s.simulation());
    }

    private static Link ends(Link link, ServiceId from, ServiceId to) {
        return new Link(new LinkId(from, to), link.batch(), link.traffic(), link.simulation());
    }

    private static Traffic renamed(Traffic traffic, String from, String to) {
        var routes =
                Parts.replace(
                        traffic.routes(),
                        r -> r.mirror() != null && r.mirror().service().equals(from),
                        r -> mirror(r, m -> new Mirror(to, m.subset(), m.percent())));
        var allow =
                Parts.replace(
                        traffic.allow(),
                        a -> a.from().equals(from),
                        a -> new AllowRule(to, a.methods(), a.paths()));
        return allow(traffic.withRoutes(routes), allow);
    }

    static Topology withoutSubset(Topology t, ServiceId id, String subset) {
        var proxies = new LinkedHashMap<>(t.proxies());
        proxies.values().removeIf(p -> p.service().equals(id) && subset.equals(p.subset()));
        return subset(t.withProxies(proxies), id, subset, _ -> null);
    }

    static Topology renameSubset(Topology t, ServiceId id, String from, String to) {
        var proxies =
                t.proxies().values().stream()
                        .map(p ->
                                p.service().equals(id) && from.equals(p.subset())
                                        ? new Proxy(p.id(), p.service(), to, p.kind(), p.admin())
                                        : p)
                        .toList();
        return subset(t.withProxies(Parts.index(proxies, Proxy::id)), id, from, _ -> to);
    }

    /** Renames (or, to null, removes) a subset in splits that lead to it and in mirrors. */
    private static Topology subset(Topology t, ServiceId id, String subset, NewName newName) {
        var mirrored =
                traffic(
                        t,
                        traffic ->
                                traffic.withRoutes(
                                        Parts.replace(
                                                traffic.routes(),
                                                r -> aims(r, id, subset),
                                                r ->
                                                        mirror(
                                                                r,
                                                                m ->
                                                                        resubset(
                                                                                m,
                                                                                newName.of(
                                                                                        subset))))));
        var split =
                Parts.service(
                        mirrored, id, s -> s.withTraffic(resplit(s.traffic(), subset, newName)));
        for (var link : split.linksTo(id)) {
            split = split.with(link.withTraffic(resplit(link.traffic(), subset, newName)));
        }
        return split;
    }

    private static boolean aims(Route route, ServiceId id, String subset) {
        var mirror = route.mirror();
        return mirror != null
                && mirror.service().equals(id.name())
                && subset.equals(mirror.subset());
    }

    private static @Nullable Mirror resubset(Mirror mirror, @Nullable String subset) {
        return subset == null ? null : new Mirror(mirror.service(), subset, mirror.percent());
    }

    private static Traffic resplit(Traffic traffic, String subset, NewName newName) {
        return traffic.withRoutes(
                Parts.replace(
                        traffic.routes(),
                        r -> r.split().containsKey(subset),
                        r -> {
                            var split = new LinkedHashMap<String, Integer>();
                            r.split()
                                    .forEach((name, weight) -> {
                                        var now = name.equals(subset) ? newName.of(name) : name;
                                        if (now != null) {
                                            split.put(now, weight);
                                        }
                                    });
                            return r.withSplit(split);
                        }));
    }

    private static Topology traffic(Topology t, UnaryOperator<Traffic> change) {
        var services =
                t.services().values().stream()
                        .map(s -> s.withTraffic(change.apply(s.traffic())))
                        .toList();
        var links =
                t.links().values().stream()
                        .map(l -> l.withTraffic(change.apply(l.traffic())))
                        .toList();
        return t.withServices(Parts.index(services, Service::id))
                .withLinks(Parts.index(links, Link::id));
    }

    private static Traffic allow(Traffic t, List<AllowRule> allow) {
        return t.withAllow(allow);
    }

    private static Route mirror(Route r, MirrorChange change) {
        var mirror = r.mirror();
        return mirror == null ? r : r.withMirror(change.of(mirror));
    }

    private interface MirrorChange {
        @Nullable Mirror of(Mirror mirror);
    }

    private interface NewName {
        @Nullable String of(String name);
    }
}
