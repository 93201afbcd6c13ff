package io.batchmesh.target;

import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Topology;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.Sidecars;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the environment that {@code --target} names:
 *
 * <ul>
 *   <li>{@code local}, the default: the one local mesh that runs on this machine; with several of
 *       them {@code local:NAME}, or {@code local:PID} where even names are equal.
 *   <li>{@code drawn}: the sidecars that the topology declares with an {@code admin} address, at
 *       the listeners of the drawing's convention.
 *   <li>the name of one of the operator's environments: the same ones, spoken to as that says.
 * </ul>
 */
public final class Targets {
    /** The target that is meant when none is named. */
    public static final String DEFAULT = "local";

    private final LocalMeshes meshes;
    private final Environments known;

    /** Targets of an operator who has no environments. */
    public Targets(LocalMeshes meshes) {
        this(meshes, Environments.NONE);
    }

    public Targets(LocalMeshes meshes, Environments known) {
        this.meshes = meshes;
        this.known = known;
    }

    /**
     * Finds a target.
     *
     * @param name the target's name
     * @param topology what is drawn, for {@code drawn}; null where there is no drawing
     */
    public TargetLookup find(String name, @Nullable Topology topology) {
        if (name.equals(DEFAULT)) {
            return meshes.find(null);
        }
        if (name.startsWith(DEFAULT + ":")) {
            return meshes.find(name.substring(DEFAULT.length() + 1));
        }
        if (name.equals("drawn") || known.byName().containsKey(name)) {
            return topology == null
                    ? new TargetLookup.Unknown("the target '" + name + "' needs a topology file")
                    : drawn(name, topology);
        }
        var others = new TreeSet<>(known.byName().keySet());
        return new TargetLookup.Unknown(
                "unknown target '%s'; one of local, local:NAME, drawn%s"
                        .formatted(name, others.isEmpty() ? "" : ", " + String.join(", ", others)));
    }

    private static TargetLookup drawn(String name, Topology topology) {
        var proxies = new ArrayList<ProxyEndpointRef>();
        for (var site : Sidecars.of(topology)) {
            var declared = topology.proxies().get(site.proxy());
            if (declared != null
                    && declared.kind() == ProxyKind.SIDECAR
                    && declared.admin() != null) {
                proxies.add(
                        ProxyEndpointRef.of(
                                site.proxy(), site.service(), site.subset(), declared.admin()));
            }
        }
        return proxies.isEmpty()
                ? new TargetLookup.NotRunning(
                        "the topology declares no sidecar with an admin address;"
                                + " add \"admin\" under \"proxies\"")
                : new TargetLookup.Found(
                        new Environment(name, List.copyOf(proxies), AddressBook.AS_DRAWN));
    }
}
