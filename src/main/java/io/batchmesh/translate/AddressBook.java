package io.batchmesh.translate;

import io.batchmesh.config.TlsConfig;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.policy.Ordered;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the sidecars of a topology really listen, where that differs from the drawing: the local
 * mesh gives out free ports and leads slow links through relays.
 *
 * @param sites addresses by sidecar
 * @param detours what to dial instead of a sidecar's inbound address on a link
 * @param outside what to dial instead of an endpoint that has no sidecar on a link
 * @param certificates the directory that holds {@code ca.pem}, and {@code cert.pem} and {@code
 *     key.pem} in a directory for each sidecar; null where each proxy has the three files in its
 *     working directory
 * @param replicas how many endpoints there are, where they are more than are drawn
 */
public record AddressBook(
        Map<ProxyId, Site> sites,
        Map<Detour, String> detours,
        Map<Outside, String> outside,
        @Nullable String certificates,
        Replicas replicas) {
    /** Nothing differs from the drawing. */
    public static final AddressBook AS_DRAWN = new AddressBook(Map.of(), Map.of());

    public AddressBook {
        sites = Ordered.copy(sites);
        detours = Ordered.copy(detours);
        outside = Ordered.copy(outside);
    }

    /** A book of as many endpoints as are drawn. */
    public AddressBook(
            Map<ProxyId, Site> sites,
            Map<Detour, String> detours,
            Map<Outside, String> outside,
            @Nullable String certificates) {
        this(sites, detours, outside, certificates, Replicas.NONE);
    }

    /** A book of addresses only. */
    public AddressBook(
            Map<ProxyId, Site> sites, Map<Detour, String> detours, Map<Outside, String> outside) {
        this(sites, detours, outside, null);
    }

    /** A book of sidecars only. */
    public AddressBook(Map<ProxyId, Site> sites, Map<Detour, String> detours) {
        this(sites, detours, Map.of(), null);
    }

    /**
     * The addresses of one sidecar, each host:port.
     *
     * @param outbound where its service calls it
     * @param inbound where peers call it
     * @param endpoint where its service listens
     */
    public record Site(String outbound, String inbound, String endpoint) {}

    /** A sidecar that is called over a link. */
    public record Detour(LinkId link, ProxyId callee) {}

    /** An endpoint without a sidecar that is called over a link; the address as it is drawn. */
    public record Outside(LinkId link, String endpoint) {}

    /** The reference to the certificate of a sidecar, as its config names it. */
    public String certificate(ProxyId proxy) {
        return file(proxy.name() + "/cert.pem", "cert.pem");
    }

    /** The reference to the key of a sidecar. */
    public String key(ProxyId proxy) {
        return file(proxy.name() + "/key.pem", "key.pem");
    }

    /** The reference to the authority of all sidecars. */
    public String authority() {
        return file("ca.pem", "ca.pem");
    }

    private String file(String there, String own) {
        return TlsConfig.FILE + (certificates == null ? own : certificates + "/" + there);
    }

    public @Nullable Site site(ProxyId proxy) {
        return sites.get(proxy);
    }

    /** What to dial to reach a sidecar's inbound listener over a link; null when not known. */
    public @Nullable String dial(LinkId link, ProxyId callee) {
        var detour = detours.get(new Detour(link, callee));
        var site = sites.get(callee);
        return detour != null || site == null ? detour : site.inbound();
    }

    /** What to dial to reach an endpoint without a sidecar: its drawn address where not known. */
    public String dial(LinkId link, String endpoint) {
        return outside.getOrDefault(new Outside(link, endpoint), endpoint);
    }
}
