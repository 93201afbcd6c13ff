package io.batchmesh.translate;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import io.batchmesh.config.UpstreamTls;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Tls;
import io.batchmesh.model.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which services of a topology are called by TLS, and what their callers need for that. */
final class Secured {
    private final AddressBook book;
    private final Map<ServiceId, TlsMode> modes = new HashMap<>();

    Secured(Topology topology, AddressBook book) {
        this.book = book;
        topology.services().values().forEach(s -> ask(s.id(), s.traffic().tls()));
        topology.links().values().forEach(l -> ask(l.id().to(), l.traffic().tls()));
    }

    /** The strongest that anybody asks for holds. */
    private void ask(ServiceId service, @Nullable Tls tls) {
        if (tls != null) {
            var mode =
                    switch (tls.mode()) {
                        case OFF -> TlsMode.OFF;
                        case SIMPLE -> TlsMode.SIMPLE;
                        case MUTUAL -> TlsMode.MUTUAL;
                    };
            modes.merge(service, mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }

    private TlsMode mode(ServiceId service) {
        return modes.getOrDefault(service, TlsMode.OFF);
    }

    /** How a sidecar is called over a link; null when as the caller's own peers call it. */
    @Nullable UpstreamTls upstream(LinkId link) {
        var mode = mode(link.to());
        return mode == mode(link.from()) ? null : new UpstreamTls(mode, null);
    }

    /** The certificates of a sidecar; null when it speaks and calls in clear text only. */
    @Nullable TlsConfig config(SidecarSite sidecar, List<LinkConfig> links) {
        var own = mode(sidecar.service());
        var called = called(own, links);
        if (!own.on() && !called.on()) {
            return null;
        }
        boolean shows = own.on() || called == TlsMode.MUTUAL;
        boolean checks = own == TlsMode.MUTUAL || called.on();
        return new TlsConfig(
                own,
                shows ? book.certificate(sidecar.proxy()) : null,
                shows ? book.key(sidecar.proxy()) : null,
                checks ? book.authority() : null);
    }

    private static TlsMode called(TlsMode own, List<LinkConfig> links) {
        var strongest = TlsMode.OFF;
        for (var link : links) {
            for (var upstreams : link.subsets().values()) {
                for (var upstream : upstreams) {
                    var tls = upstream.tls();
                    var said = tls == null ? null : tls.mode();
                    var mode = said == null ? own : said;
                    boolean stronger = mode.compareTo(strongest) > 0;
                    strongest = upstream.peer() == Peer.SIDECAR && stronger ? mode : strongest;
                }
            }
        }
        return strongest;
    }
}
