package io.batchmesh.mesh;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Topology;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarSite;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Proxies of a topology that run in this process: sidecars with traffic, or a simulated fleet. */
public sealed interface MeshRun extends AutoCloseable permits RunningMesh, RunningFleet {
    /** Where its sidecars listen. */
    AddressBook addresses();

    /** Where traffic comes in. */
    URI entry();

    /**
     * How it is made known to others.
     *
     * @param file the topology file, absolute
     */
    LocalMesh registration(String file);

    /** Whether the load has its whole rate by now. */
    boolean risen();

    /** What became of the calls that services make, by those who call; empty where nobody does. */
    Map<LinkId, CallFigures> calls();

    /** Stops everything. Closing twice is fine. */
    @Override
    void close();

    /** This process, and what it was started for. */
    static LocalMesh.Origin origin(Topology topology, URI entry, String file) {
        return new LocalMesh.Origin(topology.name(), ProcessHandle.current().pid(), entry, file);
    }

    /** The first gateway; without one, the first service that nobody calls; else the first. */
    static ServiceId entry(Topology topology, List<SidecarSite> sidecars) {
        var served = sidecars.stream().map(SidecarSite::service).distinct().toList();
        for (var id : served) {
            if (Objects.requireNonNull(topology.service(id)).kind() == ServiceKind.GATEWAY) {
                return id;
            }
        }
        return served.stream()
                .filter(id -> topology.linksTo(id).isEmpty())
                .findFirst()
                .orElse(served.getFirst());
    }
}
