package io.batchmesh.target;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarSite;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A local mesh that runs on this machine.
 *
 * @param name the topology's name
 * @param pid the process that runs it
 * @param entry the URL where traffic comes in
 * @param topology the path of its topology file
 * @param proxies its sidecars
 * @param detours what is dialled instead of a sidecar, for links over a slow wire
 */
public record LocalMesh(
        String name,
        long pid,
        URI entry,
        String topology,
        List<LocalProxy> proxies,
        List<Detour> detours) {
    public LocalMesh {
        proxies = List.copyOf(proxies);
        detours = List.copyOf(detours);
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
        return new LocalMesh(
                origin.name(), origin.pid(), origin.entry(), origin.topology(), proxies, detours);
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
        return new AddressBook(sites, dialled);
    }

    /** Whether somebody means this mesh when he says {@code text}: its name or its process. */
    boolean called(String text) {
        return Objects.equals(name, text) || Long.toString(pid).equals(text);
    }

    String describe() {
        return name + " (process " + pid + ")";
    }
}
