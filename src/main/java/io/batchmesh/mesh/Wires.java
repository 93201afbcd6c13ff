package io.batchmesh.mesh;

import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.translate.AddressBook;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slow links of a local mesh: a relay for each link that has a delay or a bandwidth, and each
 * endpoint that it leads to. Each has the whole bandwidth for itself, as wires to different hosts.
 */
final class Wires implements AutoCloseable {
    private final MeshParts parts;
    private final List<SlowLink> relays = new ArrayList<>();
    private final Map<AddressBook.Detour, String> detours = new LinkedHashMap<>();
    private final Map<AddressBook.Outside, String> outside = new LinkedHashMap<>();
    private final Map<LinkId, List<InetSocketAddress>> reached = new LinkedHashMap<>();

    Wires(MeshParts parts) {
        this.parts = parts;
    }

    /** An endpoint without a sidecar: the address as drawn, and its stand-in. */
    record External(ServiceId service, String drawn, StandIn standIn) {}

    /** Lays the wires of all links. */
    void lay(Topology topology, List<RunningSidecar> sidecars, List<External> externals) {
        for (var link : topology.links().values()) {
            var wire = Wire.of(link.simulated());
            for (var callee : sidecars) {
                if (callee.site().service().equals(link.id().to())) {
                    layTo(link, wire, callee);
                }
            }
            for (var callee : externals) {
                if (callee.service().equals(link.id().to())) {
                    var address = through(wire, callee.standIn().address());
                    reach(link.id(), address);
                    outside.put(
                            new AddressBook.Outside(link.id(), callee.drawn()),
                            RunningSidecar.text(address));
                }
            }
        }
    }

    private void layTo(Link link, Wire wire, RunningSidecar callee) {
        var address = through(wire, callee.inbound());
        reach(link.id(), address);
        if (!wire.perfect()) {
            detours.put(
                    new AddressBook.Detour(link.id(), callee.site().proxy()),
                    RunningSidecar.text(address));
        }
    }

    private void reach(LinkId link, InetSocketAddress address) {
        reached.computeIfAbsent(link, l -> new ArrayList<>()).add(address);
    }

    private InetSocketAddress through(Wire wire, InetSocketAddress to) {
        if (wire.perfect()) {
            return to;
        }
        var relay = SlowLink.open(wire, to, parts.loops().next(), parts.clocks().ticker());
        relays.add(relay);
        return relay.address();
    }

    Map<AddressBook.Detour, String> detours() {
        return detours;
    }

    Map<AddressBook.Outside, String> outside() {
        return outside;
    }

    /** Where the endpoints of the called service are reached over a link. */
    List<InetSocketAddress> reached(LinkId link) {
        return reached.getOrDefault(link, List.of());
    }

    @Override
    public void close() {
        relays.forEach(SlowLink::close);
    }
}
