package io.batchmesh.proxy;

import io.batchmesh.config.HostPort;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.TlsMode;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.policy.Mirror;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What {@code GET /status} says of a sidecar. */
final class SidecarStatus {
    private SidecarStatus() {}

    /**
     * What its parts say.
     *
     * @param links by the name of the link
     * @param tls null when the config asks for none
     * @param tracing null when nothing is traced
     */
    record Live(ObjectNode links, @Nullable ObjectNode tls, @Nullable ObjectNode tracing) {}

    static ObjectNode of(ProxyConfig config, Listener outbound, Listener inbound, Live live) {
        return ObjectWriter.object(o ->
                o.put("proxy", config.proxy())
                        .put("service", config.service())
                        .put("outbound", text(outbound.address()))
                        .put("inbound", text(inbound.address()))
                        .put("tls", live.tls())
                        .put("tracing", live.tracing())
                        .put("links", live.links())
                        .putStrings("notes", notes(config)));
    }

    private static String text(InetSocketAddress address) {
        return new HostPort(address.getHostString(), address.getPort()).toString();
    }

    /** What the config asks for and this proxy does not do, or not fully. */
    static List<String> notes(ProxyConfig config) {
        var notes = new ArrayList<String>();
        var inbound = config.inbound();
        var tls = config.tls();
        boolean known = tls != null && tls.mode() == TlsMode.MUTUAL;
        if (inbound != null && !inbound.allow().isEmpty() && !known) {
            notes.add(
                    "/inbound/allow: without mutual TLS callers have no identity;"
                            + " only methods and paths are held to");
        }
        for (int i = 0; i < config.links().size(); i++) {
            var link = config.links().get(i);
            for (int j = 0; j < link.routes().size(); j++) {
                var mirror = link.routes().get(j).mirror();
                if (mirror != null && !known(config, mirror)) {
                    notes.add(
                            "/links/%d/routes/%d/mirror: there is no link to '%s' from here"
                                    .formatted(i, j, mirror.service()));
                }
            }
        }
        return notes;
    }

    private static boolean known(ProxyConfig config, Mirror mirror) {
        return config.linkTo(mirror.service()) != null;
    }
}
