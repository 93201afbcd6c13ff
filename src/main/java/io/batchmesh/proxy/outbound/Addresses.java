package io.batchmesh.proxy.outbound;

import io.batchmesh.config.HostPort;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.policy.Tracing;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The upstream addresses of a config, looked up. Looking up may block, so it is done before the
 * event loop gets the config.
 *
 * @param byText the resolved addresses by their text
 * @param faults those that cannot be resolved
 */
public record Addresses(Map<String, InetSocketAddress> byText, List<Fault> faults) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public static Addresses of(ProxyConfig config) {
        var found = new HashMap<String, InetSocketAddress>();
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < config.links().size(); i++) {
            int at = i;
            config.links()
                    .get(i)
                    .subsets()
                    .forEach((name, upstreams) -> {
                        for (int j = 0; j < upstreams.size(); j++) {
                            var place = "/links/" + at + "/subsets/" + name + "/" + j;
                            add(upstreams.get(j).address(), place, found, faults);
                        }
                    });
        }
        var tracing = config.tracing();
        if (tracing != null) {
            add(collector(tracing), "/tracing", found, faults);
        }
        return new Addresses(Map.copyOf(found), List.copyOf(faults));
    }

    /** Where traces go, as host:port. */
    public static String collector(Tracing tracing) {
        var uri = URI.create(tracing.endpoint());
        int usual = tracing.secured() ? HTTPS_PORT : HTTP_PORT;
        return uri.getHost() + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    }

    private static void add(
            String text, String place, Map<String, InetSocketAddress> found, List<Fault> faults) {
        if (found.containsKey(text)) {
            return;
        }
        var parsed = HostPort.parse(text);
        var address = parsed == null ? null : parsed.socketAddress();
        if (address == null || address.isUnresolved()) {
            faults.add(
                    new Fault(
                            place + "/address",
                            0,
                            0,
                            "'" + text + "' has no address",
                            "write a name that resolves here, or an IP address"));
        } else {
            found.put(text, address);
        }
    }

    public InetSocketAddress get(String text) {
        var address = byText.get(text);
        if (address == null) {
            throw new IllegalStateException("not looked up: " + text);
        }
        return address;
    }
}
