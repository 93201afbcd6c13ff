package io.batchmesh.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named logical destination.
 *
 * @param id its name
 * @param namespace where it belongs, or null
 * @param kind what it is
 * @param ports where it listens; the first is the one that the mesh calls
 * @param subsets its parts with their endpoints
 * @param traffic how calls to it are routed
 * @param bulk where it takes batches itself, or null
 * @param simulation how its stand-in behaves
 */
public record Service(
        ServiceId id,
        @Nullable String namespace,
        ServiceKind kind,
        List<Port> ports,
        List<Subset> subsets,
        Traffic traffic,
        @Nullable BulkApi bulk,
        @Nullable ServiceSimulation simulation) {
    public Service {
        ports = List.copyOf(ports);
        subsets = List.copyOf(subsets);
    }

    public String name() {
        return id.name();
    }

    public @Nullable Subset subset(String name) {
        return subsets.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    }

    public Service withTraffic(Traffic traffic) {
        return new Service(id, namespace, kind, ports, subsets, traffic, bulk, simulation);
    }

    public Service withSubsets(List<Subset> subsets) {
        return new Service(id, namespace, kind, ports, subsets, traffic, bulk, simulation);
    }

    /** How its stand-in behaves, also where the file does not say. */
    public ServiceSimulation simulated() {
        return simulation == null ? ServiceSimulation.DEFAULT : simulation;
    }
}
