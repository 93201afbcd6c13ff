package io.batchmesh.target;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.Replicas;
import io.batchmesh.translate.SidecarSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A local mesh that runs on this machine.
 *
 * @param name the topology's name
 * @param pid the process that runs it
 * @param entry the URL where traffic comes in
 * @param topology the path of its topology file
 * @param proxies its sidecars
 * @param detours what is dialled instead of a sidecar, for links over a slow wire
 * @param outside what is dialled instead of an endpoint that has no sidecar
 * @param certificates the directory of its certificates; null when it has none
 * @param fleet whether its proxies are simulated, and may be more than are drawn
 */
public record LocalMesh(
        String name,
        long pid,
        URI entry,
        String topology,
        List<LocalProxy> proxies,
        List<Detour> detours,
        List<Outside> outside,
        @Nullable String certificates,
        boolean fleet) {
    public LocalMesh {
        proxies = List.copyOf(proxies);
        detours = List.copyOf(detours);
        outside = List.copyOf(outside);
    }

    /** A mesh in which every endpoint has a sidecar. */
    public LocalMesh(
            String name,
            long pid,
            URI entry,
            String topology,
            List<LocalProxy> proxies,
            List<Detour> detours) {
        this(name, pid, entry, topology, proxies, detours, List.of(), null, false);
    }

    /**
     * A sidecar of a local mesh.
     *
     * @param name its name
     * @param service whose endpoint it stands beside
     * @param subset which subset of it
     * @param admin the base of its admin endpoint
     * @param site where it listens, and where its service does
     */
    public record LocalProxy(
            ProxyId name, ServiceId service, String subset, URI admin, AddressBook.Site site) {
        ProxyEndpointRef reference() {
            return ProxyEndpointRef.of(name, service, subset, admin);
        }
    }

    /**
     * What is dialled instead of a sidecar's inbound listener.
     *
     * @param link the link
     * @param callee the sidecar
     * @param address host:port
     */
    public record Detour(LinkId link, ProxyId callee, String address) {}

    /**
     * What is dialled instead of an endpoint without a sidecar.
     *
     * @param link the link
     * @param endpoint the endpoint's address as it is drawn
     * @param address host:port
     */
    public record Outside(LinkId link, String endpoint, String address) {}

    /** A process and what it was started for. */
    public record Origin(String name, long pid, URI entry, String topology) {}

    /**
     * A mesh of sidecars at the addresses of a book; sidecars that the book or {@code admins} does
     * not know are left out.
     */
    public static LocalMesh of(
            Origin origin, List<SidecarSite> sidecars, AddressBook book, Map<ProxyId, URI> admins) {
        var proxies = new ArrayList<LocalProxy>();
        for (var sidecar : sidecars) {
            var site = book.site(sidecar.proxy());
            var admin = admins.get(sidecar.proxy());
            if (site != null && admin != null) {
                proxies.add(
                        new LocalProxy(
                                sidecar.proxy(), sidecar.service(), sidecar.subset(), admin, site));
            }
        }
        var detours = new ArrayList<Detour>();
        book.detours().forEach((d, to) -> detours.add(new Detour(d.link(), d.callee(), to)));
        var outside = new ArrayList<Outside>();
        book.outside().forEach((o, to) -> outside.add(new Outside(o.link(), o.endpoint(), to)));
        return new LocalMesh(
                origin.name(),
                origin.pid(),
                origin.entry(),
                origin.topology(),
                proxies,
                detours,
                outside,
                book.certificates(),
                !book.replicas().counts().isEmpty());
    }

    /** Its proxies and addresses as an environment called {@code local:NAME}. */
    public Environment environment() {
        var references = proxies.stream().map(LocalProxy::reference).toList();
        return new Environment("local:" + name, references, addresses());
    }

    /** Where its sidecars listen. */
    public AddressBook addresses() {
        var sites = new LinkedHashMap<ProxyId, AddressBook.Site>();
        proxies.forEach(p -> sites.put(p.name(), p.site()));
        var dialled = new LinkedHashMap<AddressBook.Detour, String>();
        detours.forEach(
                d -> dialled.put(new AddressBook.Detour(d.link(), d.callee()), d.address()));
        var beyond = new LinkedHashMap<AddressBook.Outside, String>();
        outside.forEach(
                o -> beyond.put(new AddressBook.Outside(o.link(), o.endpoint()), o.address()));
        return new AddressBook(sites, dialled, beyond, certificates, replicas());
    }

    private Replicas replicas() {
        if (!fleet) {
            return Replicas.NONE;
        }
        var counts = new LinkedHashMap<Replicas.Place, Integer>();
        for (var proxy : proxies) {
            counts.merge(new Replicas.Place(proxy.service(), proxy.subset()), 1, Integer::sum);
        }
        return new Replicas(counts);
    }

    /** The JSON by which it is registered; {@link #read} reads it. */
    public ObjectNode json() {
        return LocalMeshJson.write(this);
    }

    /** The mesh that a JSON text describes; null when it describes none. */
    public static @Nullable LocalMesh read(String json) {
        return JsonDocument.parse(json.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Ok ok
                        && LocalMeshJson.read(ok.document()) instanceof LocalMeshJson.Result.Read r
                ? r.mesh()
                : null;
    }

    /** Whether somebody means this mesh when he says {@code text}: its name or its process. */
    boolean called(String text) {
        return Objects.equals(name, text) || Long.toString(pid).equals(text);
    }

    String describe() {
        return name + " (process " + pid + ")";
    }
}
