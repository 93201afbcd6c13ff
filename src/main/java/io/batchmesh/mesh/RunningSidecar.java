package io.batchmesh.mesh;

import io.batchmesh.admin.AdminRuntime;
import io.batchmesh.admin.AdminServer;
import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.AdminStart;
import io.batchmesh.config.HostPort;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.proxy.Sidecar;
import io.batchmesh.proxy.SidecarParts;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarSite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar of the local mesh with its stand-in and, once it has its config, its admin endpoint.
 */
final class RunningSidecar implements AutoCloseable {
    private static final String ANY_PORT = "127.0.0.1:0";
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final SidecarSite site;
    private final StandIn standIn;
    private final Sidecar sidecar;
    private @Nullable AdminServer admin;

    private RunningSidecar(SidecarSite site, StandIn standIn, Sidecar sidecar) {
        this.site = site;
        this.standIn = standIn;
        this.sidecar = sidecar;
    }

    /** Starts it on free ports, before anybody can know whom it will call. */
    static RunningSidecar start(SidecarSite site, StandIn standIn, SidecarParts parts)
            throws MeshFailure {
        var inbound = new ProxyConfig.Inbound(text(standIn.address()), List.of(), null);
        var config =
                new ProxyConfig(
                        site.proxy().name(),
                        site.service().name(),
                        site.endpoint().zone(),
                        new ProxyConfig.Listeners(ANY_PORT, ANY_PORT),
                        inbound,
                        List.of(),
                        null);
        try {
            var sidecar = Sidecar.start(config, parts);
            return new RunningSidecar(site, standIn, sidecar);
        } catch (IOException e) {
            throw new MeshFailure(site.proxy() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Gives it its config, through the admin endpoint that begins to answer now. */
    void configure(ProxyConfig config, MeshParts parts) throws MeshFailure {
        var runtime =
                AdminRuntime.of(parts.loops(), parts.io(), parts.clocks())
                        .withMeter(sidecar.activityMeter());
        admin =
                switch (AdminServer.start(AdminSettings.loopback(), sidecar, config, runtime)) {
                    case AdminStart.Started(AdminServer server) -> server;
                    case AdminStart.Refused(List<Fault> faults) ->
                            throw new MeshFailure(
                                    "%s refuses its config: %s"
                                            .formatted(site.proxy(), faults.getFirst().describe()));
                    case AdminStart.Unavailable(String reason) ->
                            throw new MeshFailure(
                                    site.proxy() + " has no admin endpoint: " + reason);
                };
    }

    SidecarSite site() {
        return site;
    }

    /** Whether peers must speak TLS. */
    boolean secured() {
        var tls = sidecar.config().tls();
        return tls != null && tls.mode().on();
    }

    StandIn standIn() {
        return standIn;
    }

    InetSocketAddress outbound() {
        return sidecar.outboundAddress();
    }

    InetSocketAddress inbound() {
        return sidecar.inboundAddress();
    }

    URI admin() {
        var server = admin;
        if (server == null) {
            throw new IllegalStateException(site.proxy() + " has no config yet");
        }
        return server.uri();
    }

    AddressBook.Site addresses() {
        return new AddressBook.Site(text(outbound()), text(inbound()), text(standIn.address()));
    }

    static String text(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
    }

    /** Drains it for at most a second, then breaks off the rest. */
    @Override
    public void close() {
        var server = admin;
        if (server != null) {
            server.close();
        }
        sidecar.close(DRAIN);
    }
}
