package io.batchmesh.translate;

import io.batchmesh.model.Proxy;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sidecars that a topology asks for: one beside each endpoint of each service and gateway.
 * External services have none, and neither has a service without endpoints.
 *
 * <p>A sidecar is called as the {@code proxies} of the topology say: the declared proxies of a
 * service and subset are given to the endpoints of the subset in order, then those declared for any
 * subset of the service. Endpoints that are left are called {@code service-subset-n} with the least
 * n from their own number on that is still free.
 */
public final class Sidecars {
    private final Map<ServiceId, List<Proxy>> declared = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<SidecarSite> sites = new ArrayList<>();

    private Sidecars(Topology topology) {
        for (var proxy : topology.proxies().values()) {
            declared.computeIfAbsent(proxy.service(), s -> new ArrayList<>()).add(proxy);
            taken.add(proxy.id().name());
        }
    }

    /** All sidecars, in the order of services, subsets and endpoints; names are unique. */
    public static List<SidecarSite> of(Topology topology) {
        var sidecars = new Sidecars(topology);
        for (var service : topology.services().values()) {
            if (service.kind() != ServiceKind.EXTERNAL) {
                sidecars.add(service);
            }
        }
        return List.copyOf(sidecars.sites);
    }

    private void add(Service service) {
        var own = declared.getOrDefault(service.id(), List.of());
        var any = new ArrayDeque<ProxyId>();
        own.stream().filter(p -> p.subset() == null).forEach(p -> any.add(p.id()));
        for (var subset : service.subsets()) {
            add(service, subset, named(own, subset.name()), any);
        }
    }

    private void add(Service service, Subset subset, Deque<ProxyId> named, Deque<ProxyId> any) {
        int number = 0;
        for (var endpoint : subset.endpoints()) {
            number++;
            var name = poll(named, any);
            if (name == null) {
                name = free(service.name() + "-" + subset.name() + "-", number);
            }
            sites.add(new SidecarSite(name, service.id(), subset.name(), endpoint));
        }
    }

    private static Deque<ProxyId> named(List<Proxy> proxies, String subset) {
        var result = new ArrayDeque<ProxyId>();
        for (var proxy : proxies) {
            if (subset.equals(proxy.subset())) {
                result.add(proxy.id());
            }
        }
        return result;
    }

    private static @Nullable ProxyId poll(Deque<ProxyId> named, Deque<ProxyId> any) {
        var name = named.poll();
        return name == null ? any.poll() : name;
    }

    private ProxyId free(String stem, int number) {
        int n = number;
        while (!taken.add(stem + n)) {
            n++;
        }
        return new ProxyId(stem + n);
    }
}
