package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A topology with the indexes that rules need, and what they found so far. */
final class Scope {
    private final Topology topology;
    private final Map<Object, Place> places = new HashMap<>();
    private final Map<ServiceId, List<Link>> leaving = new HashMap<>();
    private final Map<ServiceId, List<Link>> arriving = new HashMap<>();
    private final Map<ServiceId, List<Proxy>> proxies = new HashMap<>();

    /** Two links can lead to one and the same finding, about what they share. */
    private final Set<Finding> findings = new LinkedHashSet<>();

    private @Nullable SimulatedRates rates;

    Scope(Topology topology) {
        this.topology = topology;
        for (var id : topology.services().keySet()) {
            index("services", places.size(), id, new Subject.OfService(id));
        }
        int first = places.size();
        for (var link : topology.links().values()) {
            var id = link.id();
            index("links", places.size() - first, id, new Subject.OfLink(id));
            leaving.computeIfAbsent(id.from(), k -> new ArrayList<>()).add(link);
            arriving.computeIfAbsent(id.to(), k -> new ArrayList<>()).add(link);
        }
        first = places.size();
        for (var proxy : topology.proxies().values()) {
            index("proxies", places.size() - first, proxy.id(), new Subject.OfProxy(proxy.id()));
            proxies.computeIfAbsent(proxy.service(), k -> new ArrayList<>()).add(proxy);
        }
    }

    private void index(String array, int index, Object id, Subject subject) {
        places.put(id, new Place(subject, "/" + array + "/" + index));
    }

    Topology topology() {
        return topology;
    }

    Iterable<Service> services() {
        return topology.services().values();
    }

    Iterable<Link> links() {
        return topology.links().values();
    }

    @Nullable Service service(ServiceId id) {
        return topology.service(id);
    }

    List<Link> from(ServiceId id) {
        return leaving.getOrDefault(id, List.of());
    }

    List<Link> to(ServiceId id) {
        return arriving.getOrDefault(id, List.of());
    }

    /** The proxies that are declared for a service. */
    List<Proxy> proxies(ServiceId id) {
        return proxies.getOrDefault(id, List.of());
    }

    SimulatedRates rates() {
        if (rates == null) {
            rates = SimulatedRates.of(topology);
        }
        return rates;
    }

    Place at(Service service) {
        return known(service.id());
    }

    Place at(Link link) {
        return known(link.id());
    }

    Place at(LinkId link) {
        return known(link);
    }

    Place at(ProxyId proxy) {
        return known(proxy);
    }

    private Place known(Object id) {
        var place = places.get(id);
        return place == null ? whole() : place;
    }

    Place whole() {
        return new Place(new Subject.Whole(), "");
    }

    void error(String rule, Place at, String message, String mend) {
        add(rule, Severity.ERROR, at, message, mend);
    }

    void warn(String rule, Place at, String message, String mend) {
        add(rule, Severity.WARNING, at, message, mend);
    }

    void info(String rule, Place at, String message, String mend) {
        add(rule, Severity.INFO, at, message, mend);
    }

    private void add(String rule, Severity severity, Place at, String message, String mend) {
        findings.add(new Finding(rule, severity, at.subject(), at.pointer(), message, mend));
    }

    /** What was found, the worst first, else in the order of the rules. */
    List<Finding> findings() {
        return findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }
}
