package io.batchmesh.translate;

import io.batchmesh.config.HostPort;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where sidecars listen when nobody says otherwise. A topology names endpoints and, for some of
 * them, declared proxies with an admin address, but no listeners. So a convention holds:
 *
 * <ul>
 *   <li>A sidecar runs on the host of its endpoint. Its inbound listener is on that host, so that
 *       peers reach it; its outbound listener is on that host's loopback, for its own service only.
 *   <li>The first sidecar of a host has the ports 15006 (outbound) and 15008 (inbound), the next
 *       15106 and 15108, and so on, in the order of the topology's services; after 500 of them it
 *       goes on at 15010 and 15012.
 * </ul>
 *
 * <p>The numbers count all sidecars of the host, declared or not, so that declaring one more does
 * not move the others.
 */
final class DrawnAddresses {
    private static final int FIRST_OUTBOUND = 15006;
    private static final int FIRST_INBOUND = 15008;
    private static final int STEP = 100;
    private static final int IN_A_ROW = 500;
    private static final int ROWS = 23;

    private DrawnAddresses() {}

    /** The addresses of all sidecars of a topology. */
    static Map<ProxyId, AddressBook.Site> of(List<SidecarSite> sidecars) {
        var counts = new HashMap<String, Integer>();
        var sites = new LinkedHashMap<ProxyId, AddressBook.Site>();
        for (var sidecar : sidecars) {
            var endpoint = sidecar.endpoint().address();
            var at = HostPort.parse(endpoint);
            var host = at == null ? "127.0.0.1" : at.host();
            int number = counts.merge(host, 1, Integer::sum) - 1;
            var outbound = new HostPort("127.0.0.1", port(FIRST_OUTBOUND, number));
            var inbound = new HostPort(host, port(FIRST_INBOUND, number));
            sites.put(
                    sidecar.proxy(),
                    new AddressBook.Site(outbound.toString(), inbound.toString(), endpoint));
        }
        return sites;
    }

    private static int port(int first, int number) {
        int row = (number / IN_A_ROW) % ROWS;
        return first + STEP * (number % IN_A_ROW) + 4 * row;
    }

    /** Whether the drawing says that a sidecar, which takes batches, stands there. */
    static boolean declared(Topology topology, ProxyId proxy) {
        var found = topology.proxies().get(proxy);
        return found != null && found.kind() == ProxyKind.SIDECAR;
    }
}
