package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.TlsReason;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/**
 * How a host outside of the mesh is called, such as a collector of traces: its certificate must be
 * for its name (RFC 9110, section 4.3.4), by an authority that is trusted. Nothing is shown to it.
 */
public final class HostTls extends ClientTls {
    private final SidecarTls owner;
    private final HostTrust trust;
    private final String host;
    private final int port;

    /**
     * A way to call a host.
     *
     * @param owner counts the handshakes
     * @param host its name or address, as the certificate must have it
     */
    public HostTls(SidecarTls owner, HostTrust trust, String host, int port) {
        this.owner = owner;
        this.trust = trust;
        boolean v6 = host.startsWith("[") && host.endsWith("]");
        this.host = v6 ? host.substring(1, host.length() - 1) : host;
        this.port = port;
    }

    @Override
    SslHandler handler(Channel channel, Offer offer) {
        // The name goes into the handshake, and the engine holds the certificate against it.
        return trust.context().newHandler(channel.alloc(), host, port, owner.tasks());
    }

    @Override
    TlsReason check(SslHandler handler, Offer offer) {
        return OK;
    }

    @Override
    void counted(TlsReason result) {
        owner.meters().handshake("collector", result.label());
    }

    @Override
    String name() {
        return host;
    }
}
