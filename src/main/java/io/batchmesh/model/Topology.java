package io.batchmesh.model;

import io.batchmesh.policy.Ordered;
import io.batchmesh.policy.Tracing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The edited whole: services, the links between them, the proxies that carry the traffic, and how
 * it is drawn. Immutable; maps keep the order of the file.
 */
public record Topology(
        String name,
        Map<ServiceId, Service> services,
        Map<LinkId, Link> links,
        Map<ProxyId, Proxy> proxies,
        Layout layout,
        List<Group> groups,
        List<Note> notes,
        @Nullable Tracing tracing,
        List<AlertRule> alerts) {
    public Topology {
        services = Ordered.copy(services);
        links = Ordered.copy(links);
        proxies = Ordered.copy(proxies);
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
        alerts = List.copyOf(alerts);
    }

    /** A topology without rules for alerts. */
    public Topology(
            String name,
            Map<ServiceId, Service> services,
            Map<LinkId, Link> links,
            Map<ProxyId, Proxy> proxies,
            Layout layout,
            List<Group> groups,
            List<Note> notes,
            @Nullable Tracing tracing) {
        this(name, services, links, proxies, layout, groups, notes, tracing, List.of());
    }

    /** A topology that traces nothing. */
    public Topology(
            String name,
            Map<ServiceId, Service> services,
            Map<LinkId, Link> links,
            Map<ProxyId, Proxy> proxies,
            Layout layout,
            List<Group> groups,
            List<Note> notes) {
        this(name, services, links, proxies, layout, groups, notes, null);
    }

    /** A topology without anything in it. */
    public static Topology empty(String name) {
        return of(name, List.of(), List.of());
    }

    /** A topology of services and links, with nothing said about proxies or places. */
    public static Topology of(String name, Collection<Service> services, Collection<Link> links) {
        var byService = new LinkedHashMap<ServiceId, Service>();
        services.forEach(s -> byService.put(s.id(), s));
        var byLink = new LinkedHashMap<LinkId, Link>();
        links.forEach(l -> byLink.put(l.id(), l));
        return new Topology(name, byService, byLink, Map.of(), Layout.EMPTY, List.of(), List.of());
    }

    public @Nullable Service service(ServiceId id) {
        return services.get(id);
    }

    public @Nullable Link link(LinkId id) {
        return links.get(id);
    }

    /** The links that leave a service. */
    public List<Link> linksFrom(ServiceId id) {
        return links.values().stream().filter(l -> l.id().from().equals(id)).toList();
    }

    /** The links that lead to a service. */
    public List<Link> linksTo(ServiceId id) {
        return links.values().stream().filter(l -> l.id().to().equals(id)).toList();
    }

    /** What holds on a link: the called service's policy, overridden by the link's. */
    public Traffic trafficOf(Link link) {
        var service = services.get(link.id().to());
        var base = service == null ? Traffic.NONE : service.traffic();
        return base.overriddenBy(link.traffic());
    }

    public Topology withServices(Map<ServiceId, Service> services) {
        return new Topology(name, services, links, proxies, layout, groups, notes, tracing, alerts);
    }

    public Topology withLinks(Map<LinkId, Link> links) {
        return new Topology(name, services, links, proxies, layout, groups, notes, tracing, alerts);
    }

    public Topology withProxies(Map<ProxyId, Proxy> proxies) {
        return new Topology(name, services, links, proxies, layout, groups, notes, tracing, alerts);
    }

    public Topology withLayout(Layout layout) {
        return new Topology(name, services, links, proxies, layout, groups, notes, tracing, alerts);
    }

    public Topology withTracing(@Nullable Tracing tracing) {
        return new Topology(name, services, links, proxies, layout, groups, notes, tracing, alerts);
    }

    public Topology withAlerts(List<AlertRule> alerts) {
        return new Topology(name, services, links, proxies, layout, groups, notes, tracing, alerts);
    }

    /** This topology with a service added, or put in place of the one of the same name. */
    public Topology with(Service service) {
        var copy = new LinkedHashMap<>(services);
        copy.put(service.id(), service);
        return withServices(copy);
    }

    /** This topology with a link added, or put in place of the one of the same ends. */
    public Topology with(Link link) {
        var copy = new LinkedHashMap<>(links);
        copy.put(link.id(), link);
        return withLinks(copy);
    }
}
