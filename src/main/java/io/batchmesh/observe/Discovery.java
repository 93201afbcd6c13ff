package io.batchmesh.observe;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.policy.BatchWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares a drawing with the traffic that is seen, and draws what is missing. Nothing that is
 * drawn is ever changed, moved or removed by it. For one thread.
 */
public final class Discovery {
    /** A drawn link may be without traffic for this long before anybody is told. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_SUBSETS = 50;

    private final Map<LinkId, Instant> silentSince = new LinkedHashMap<>();

    /**
     * What does not agree: traffic first, most requests first; then links, in the order of the
     * drawing. To be called with one snapshot after the other.
     */
    public List<Disagreement> look(Topology drawn, MeshSnapshot seen) {
        var found = new ArrayList<Disagreement>(unknown(drawn, seen));
        silentSince.keySet().retainAll(drawn.links().keySet());
        for (var id : drawn.links().keySet()) {
            if (!isSilent(id, drawn, seen)) {
                silentSince.remove(id);
                continue;
            }
            var since = silentSince.computeIfAbsent(id, key -> seen.at());
            var length = Duration.between(since, seen.at());
            if (length.compareTo(PATIENCE) >= 0) {
                found.add(new Disagreement.SilentLink(id, length));
            }
        }
        return List.copyOf(found);
    }

    private static List<Disagreement.UnknownTraffic> unknown(Topology drawn, MeshSnapshot seen) {
        var found = new ArrayList<Disagreement.UnknownTraffic>();
        carrying(seen)
                .forEach((id, link) -> {
                    if (drawn.link(id) == null) {
                        found.add(
                                new Disagreement.UnknownTraffic(
                                        id,
                                        link.requestsPerSecond(),
                                        link.errorShare(),
                                        drawn.service(id.from()) != null,
                                        drawn.service(id.to()) != null));
                    }
                });
        found.sort((a, b) -> Double.compare(b.requestsPerSecond(), a.requestsPerSecond()));
        return found;
    }

    /** The links that carry something, by what they are called in a drawing. */
    private static Map<LinkId, LinkMetrics> carrying(MeshSnapshot seen) {
        var carrying = new TreeMap<LinkId, LinkMetrics>();
        for (var link : seen.links().values()) {
            var id = LinkId.parse(link.link());
            if (id != null
                    && link.requestsPerSecond() > 0
                    && id.from().isWellFormed()
                    && id.to().isWellFormed()) {
                carrying.put(id, link);
            }
        }
        return carrying;
    }

    /** Nothing is said of a link whose calling side does not answer. */
    private static boolean isSilent(LinkId id, Topology drawn, MeshSnapshot seen) {
        var link = seen.link(id.toString());
        if (link != null && link.requestsPerSecond() > 0) {
            return false;
        }
        var callers =
                seen.proxies().values().stream()
                        .filter(p -> p.service().equals(id.from().name()) || p.service().isEmpty())
                        .toList();
        return !callers.isEmpty()
                && callers.stream().allMatch(p -> p.state() == ProxyState.LIVE)
                && drawn.service(id.from()) != null;
    }

    /**
     * The drawing with all that carries traffic and is not in it: services, links, and the kinds of
     * proxies. New services have no place yet, and neither ports nor endpoints, which no metrics
     * tell.
     */
    public static Topology merged(Topology drawn, MeshSnapshot seen, ServiceNames names) {
        var services = new LinkedHashMap<>(drawn.services());
        var links = new LinkedHashMap<>(drawn.links());
        var proxies = new LinkedHashMap<>(drawn.proxies());
        var parts = new TreeMap<ServiceId, Set<String>>();
        carrying(seen)
                .forEach((id, link) -> {
                    for (var end : List.of(id.from(), id.to())) {
                        if (!services.containsKey(end)) {
                            parts.computeIfAbsent(end, key -> new LinkedHashSet<>());
                        }
                    }
                    var subsets = parts.get(id.to());
                    if (subsets != null) {
                        subsets.addAll(link.traffic().splitPerSecond().keySet());
                    }
                    links.computeIfAbsent(id, key -> link(key, names));
                });
        parts.forEach((id, subsets) -> services.put(id, service(id, subsets, names)));
        addProxies(proxies, services, seen, names);
        return drawn.withServices(services).withLinks(links).withProxies(proxies);
    }

    /** The drawing with one link that is seen, and its services. */
    public static Topology drawn(Topology drawn, MeshSnapshot seen, LinkId link) {
        var metrics = seen.link(link.toString());
        if (metrics == null) {
            return drawn;
        }
        var one = Map.of(link.toString(), metrics);
        var only = new MeshSnapshot(seen.at(), one, Map.of(), Map.of(), Map.of());
        return merged(drawn, only, new ServiceNames(drawn));
    }

    private static Link link(LinkId id, ServiceNames names) {
        var carrier = names.carrier(id.from());
        var batches = carrier == null || carrier.kind() != null;
        var window = batches ? null : BatchWindow.DEFAULT.withPolicy(BatchWindow.Policy.OFF);
        return new Link(id, window, Traffic.NONE, null);
    }

    private static Service service(ServiceId id, Set<String> subsets, ServiceNames names) {
        var seen = names.seen(id);
        var parts = new ArrayList<Subset>();
        for (var subset : subsets) {
            if (parts.size() < MOST_SUBSETS) {
                parts.add(new Subset(subset, Map.of("version", subset), List.of()));
            }
        }
        return new Service(
                id,
                seen == null ? null : seen.namespace(),
                seen == null ? ServiceKind.SERVICE : seen.kind(),
                List.of(),
                parts,
                Traffic.NONE,
                null,
                null);
    }

    /** Those that are seen; where none is seen, one that stands for all of a service. */
    private static void addProxies(
            Map<ProxyId, Proxy> proxies,
            Map<ServiceId, Service> services,
            MeshSnapshot seen,
            ServiceNames names) {
        var covered = new LinkedHashSet<ServiceId>();
        proxies.values().forEach(proxy -> covered.add(proxy.service()));
        var drawn = List.copyOf(covered);
        for (var proxy : seen.proxies().values()) {
            var service = new ServiceId(proxy.service());
            var carrier = names.carrier(service);
            var kind = carrier == null ? null : carrier.kind();
            if (services.containsKey(service) && !drawn.contains(service) && kind != null) {
                var id = new ProxyId(proxy.proxy());
                proxies.putIfAbsent(id, new Proxy(id, service, null, kind, null));
                covered.add(service);
            }
        }
        for (var service : services.keySet()) {
            var carrier = names.carrier(service);
            var kind = carrier == null ? null : carrier.kind();
            if (kind != null && !covered.contains(service)) {
                var id = new ProxyId(service.name() + "-" + kind.label());
                proxies.putIfAbsent(id, new Proxy(id, service, null, kind, null));
            }
        }
    }
}
