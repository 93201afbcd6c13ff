package io.batchmesh.translate;

import io.batchmesh.config.HttpProtocol;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.model.AllowRule;
import io.batchmesh.model.BulkApi;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each sidecar of a topology must be told. Pure: equal topologies and address books give equal
 * configs. Layout, groups, notes and simulation never take part.
 *
 * <p>A link is answered by the endpoints of the called service. Where such an endpoint has a
 * sidecar, by the address book or as declared in the drawing, the sidecar's inbound listener is
 * dialled, else the endpoint itself, with plain requests. Addresses that the book does not know
 * follow the convention of the drawing: outbound 127.0.0.1:15006, inbound on the endpoint's host at
 * 15008, one hundred further for each further sidecar of the same host.
 *
 * <p>Where the book says that there are more endpoints than are drawn, those get configs too.
 *
 * <p>A link to a service without subsets is left out, since nobody could answer; {@code validate}
 * reports it. A service without routes has one, {@code default}, over all its subsets in equal
 * shares, and so has a route without a split. Links to a {@code tcp} port are never batched.
 *
 * <p>The one inbound listener of a sidecar speaks the strongest mode of TLS that its service or a
 * link to it asks for, and all sidecars call it so. Certificates are not part of a topology: the
 * files are those of the address book.
 */
public final class SidecarTranslation {
    private final Topology topology;
    private final AddressBook book;
    private final Secured secured;
    private final List<SidecarSite> sidecars;
    private final Map<ProxyId, AddressBook.Site> drawn;
    private final Map<ServiceId, List<SidecarSite>> byService = new HashMap<>();
    private final Map<ServiceId, List<Link>> leaving = new HashMap<>();
    private final Map<ServiceId, List<Link>> arriving = new HashMap<>();

    private SidecarTranslation(Topology topology, AddressBook book) {
        this.topology = topology;
        this.book = book;
        this.secured = new Secured(topology, book);
        this.sidecars = Sidecars.of(topology);
        this.drawn = DrawnAddresses.of(sidecars);
        for (var site : sidecars) {
            byService.computeIfAbsent(site.service(), s -> new ArrayList<>()).add(site);
        }
        for (var link : topology.links().values()) {
            leaving.computeIfAbsent(link.id().from(), s -> new ArrayList<>()).add(link);
            arriving.computeIfAbsent(link.id().to(), s -> new ArrayList<>()).add(link);
        }
    }

    /** One config for each sidecar, in the order of {@link Sidecars#of}. */
    public static List<ProxyConfig> configs(Topology topology, AddressBook book) {
        var translation = new SidecarTranslation(book.replicas().in(topology), book);
        return translation.sidecars.stream().map(translation::config).toList();
    }

    private ProxyConfig config(SidecarSite sidecar) {
        var site = site(sidecar.proxy());
        var service = Objects.requireNonNull(topology.service(sidecar.service()));
        var links = links(service);
        return new ProxyConfig(
                sidecar.proxy().name(),
                service.name(),
                sidecar.endpoint().zone(),
                new ProxyConfig.Listeners(site.outbound(), site.inbound()),
                new ProxyConfig.Inbound(
                        site.endpoint(), allow(service), bulk(service.bulk()), protocol(service)),
                links,
                secured.config(sidecar, links),
                topology.tracing());
    }

    private AddressBook.Site site(ProxyId proxy) {
        var real = book.site(proxy);
        return real == null ? Objects.requireNonNull(drawn.get(proxy)) : real;
    }

    private static ProxyConfig.@Nullable Bulk bulk(@Nullable BulkApi bulk) {
        return bulk == null ? null : new ProxyConfig.Bulk(bulk.format().label(), bulk.path());
    }

    /**
     * The rules of a service, with those that a link gives in place of the ones for its caller.
     * Where only links have rules, the callers on the other links keep the right that they had.
     */
    private List<ProxyConfig.Allow> allow(Service service) {
        var common = service.traffic().allow();
        var links = arriving.getOrDefault(service.id(), List.of());
        if (common.isEmpty() && links.stream().allMatch(l -> l.traffic().allow().isEmpty())) {
            return List.of();
        }
        var rules = new ArrayList<>(common);
        for (var link : links) {
            var own = link.traffic().allow();
            var caller = link.id().from().name();
            if (!own.isEmpty()) {
                rules.removeIf(r -> r.from().equals(caller));
                rules.addAll(own);
            } else if (common.isEmpty()) {
                rules.add(new AllowRule(caller, List.of(), List.of()));
            }
        }
        return rules.stream().map(SidecarTranslation::allow).toList();
    }

    private static ProxyConfig.Allow allow(AllowRule rule) {
        return new ProxyConfig.Allow(rule.from(), rule.methods(), rule.paths());
    }

    private List<LinkConfig> links(Service service) {
        var result = new ArrayList<LinkConfig>();
        for (var link : leaving.getOrDefault(service.id(), List.of())) {
            var callee = topology.service(link.id().to());
            if (callee != null && !callee.subsets().isEmpty()) {
                result.add(link(link, callee));
            }
        }
        return result;
    }

    private LinkConfig link(Link link, Service callee) {
        Traffic traffic = topology.trafficOf(link);
        return new LinkConfig(
                link.id().toString(),
                callee.name(),
                routes(traffic, callee),
                upstreams(link.id(), callee),
                traffic.resilience(),
                window(link, callee));
    }

    /** What is spoken on the port that the mesh calls; what it is batched in is our own. */
    private static HttpProtocol protocol(@Nullable Service service) {
        if (service == null || service.ports().isEmpty()) {
            return HttpProtocol.HTTP1;
        }
        return switch (service.ports().getFirst().protocol()) {
            case H2 -> HttpProtocol.H2;
            case GRPC -> HttpProtocol.GRPC;
            case HTTP1, TCP -> HttpProtocol.HTTP1;
        };
    }

    private static BatchWindow window(Link link, Service callee) {
        boolean tcp =
                !callee.ports().isEmpty() && callee.ports().getFirst().protocol() == Protocol.TCP;
        return tcp ? link.window().withPolicy(BatchWindow.Policy.OFF) : link.window();
    }

    private static List<Route> routes(Traffic traffic, Service callee) {
        if (traffic.routes().isEmpty()) {
            return List.of(new Route("default", null, evenly(callee), null, null, null, null));
        }
        return traffic.routes().stream()
                .map(r -> r.split().isEmpty() ? r.withSplit(evenly(callee)) : r)
                .toList();
    }

    private static Map<String, Integer> evenly(Service callee) {
        var split = new LinkedHashMap<String, Integer>();
        callee.subsets().forEach(s -> split.put(s.name(), 1));
        return split;
    }

    private Map<String, List<LinkConfig.Upstream>> upstreams(LinkId link, Service callee) {
        var result = new LinkedHashMap<String, List<LinkConfig.Upstream>>();
        var sites = byService.getOrDefault(callee.id(), List.of());
        for (var subset : callee.subsets()) {
            var here = sites.stream().filter(s -> s.subset().equals(subset.name())).toList();
            result.put(
                    subset.name(),
                    here.isEmpty()
                            ? bare(link, subset)
                            : here.stream().map(s -> upstream(link, s)).toList());
        }
        return result;
    }

    private List<LinkConfig.Upstream> bare(LinkId link, Subset subset) {
        return subset.endpoints().stream()
                .map(e ->
                        new LinkConfig.Upstream(
                                book.dial(link, e.address()),
                                e.zone(),
                                e.weight(),
                                Peer.PLAIN,
                                protocol(topology.service(link.to())),
                                null))
                .toList();
    }

    private LinkConfig.Upstream upstream(LinkId link, SidecarSite callee) {
        var endpoint = callee.endpoint();
        var address = book.dial(link, callee.proxy());
        if (address == null && DrawnAddresses.declared(topology, callee.proxy())) {
            address = site(callee.proxy()).inbound();
        }
        return new LinkConfig.Upstream(
                address == null ? endpoint.address() : address,
                endpoint.zone(),
                endpoint.weight(),
                address == null ? Peer.PLAIN : Peer.SIDECAR,
                protocol(topology.service(link.to())),
                address == null ? null : secured.upstream(link));
    }
}
