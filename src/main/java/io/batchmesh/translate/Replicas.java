package io.batchmesh.translate;

import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.Ordered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many endpoints the subsets of a topology have in a mesh that runs more of them than are
 * drawn, such as a simulated fleet. Those beyond the drawn ones repeat them, one after the other,
 * under addresses of their own that nobody dials: an address book says where their sidecars are.
 *
 * @param counts endpoints by subset; a subset has at least those that are drawn
 */
public record Replicas(Map<Place, Integer> counts) {
    /** As many as are drawn. */
    public static final Replicas NONE = new Replicas(Map.of());

    public Replicas {
        counts = Ordered.copy(counts);
    }

    /** A subset of a service. */
    public record Place(ServiceId service, String subset) {}

    /** How many endpoints with a sidecar are drawn. */
    public static int drawn(Topology topology) {
        return Sidecars.of(topology).size();
    }

    /**
     * So many endpoints in all: each drawn one that has a sidecar is repeated as often as the
     * others, or once more than those behind it.
     *
     * @param total at least as many as are drawn
     * @throws IllegalArgumentException when they are fewer, or none is drawn
     */
    public static Replicas of(Topology topology, int total) {
        var drawn = Sidecars.of(topology);
        if (drawn.isEmpty() || total < drawn.size()) {
            throw new IllegalArgumentException(drawn.size() + " are drawn, not " + total);
        }
        var counts = new LinkedHashMap<Place, Integer>();
        for (int i = 0; i < total; i++) {
            var site = drawn.get(i % drawn.size());
            counts.merge(new Place(site.service(), site.subset()), 1, Integer::sum);
        }
        return new Replicas(counts);
    }

    /** The topology with its endpoints repeated. */
    public Topology in(Topology topology) {
        if (counts.isEmpty()) {
            return topology;
        }
        var services = new LinkedHashMap<ServiceId, Service>();
        topology.services().forEach((id, service) -> services.put(id, repeated(service)));
        return topology.withServices(services);
    }

    private Service repeated(Service service) {
        if (service.kind() == ServiceKind.EXTERNAL) {
            return service;
        }
        return service.withSubsets(
                service.subsets().stream().map(s -> repeated(service.id(), s)).toList());
    }

    private Subset repeated(ServiceId service, Subset subset) {
        List<Endpoint> drawn = subset.endpoints();
        int wanted = counts.getOrDefault(new Place(service, subset.name()), 0);
        if (drawn.isEmpty() || wanted <= drawn.size()) {
            return subset;
        }
        var endpoints = new ArrayList<>(drawn);
        for (int i = drawn.size(); i < wanted; i++) {
            var like = drawn.get(i % drawn.size());
            // RFC 2606, section 2: a name that never resolves.
            var address = "r%d.%s.%s.invalid:80".formatted(i + 1, subset.name(), service.name());
            endpoints.add(new Endpoint(address, like.zone(), like.weight()));
        }
        return subset.withEndpoints(endpoints);
    }
}
