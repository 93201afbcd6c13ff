package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.TlsReason;
import io.batchmesh.config.TlsMode;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/** How the sidecar of a peer is called: it must be that of the service that was meant. */
public final class PeerTls extends ClientTls {
    private static final String SIDE = "upstream";

    private final SidecarTls owner;
    private final TlsMode mode;
    private final String identity;

    /**
     * A way to call a peer.
     *
     * @param mode simple or mutual
     * @param identity the service that must answer, or its whole SPIFFE ID
     */
    public PeerTls(SidecarTls owner, TlsMode mode, String identity) {
        this.owner = owner;
        this.mode = mode;
        this.identity = identity;
    }

    @Override
    SslHandler handler(Channel channel, Offer offer) {
        return owner.clients(offer, mode).newHandler(channel.alloc(), owner.tasks());
    }

    @Override
    TlsReason check(SslHandler handler, Offer offer) {
        var why = PeerCheck.called(handler, identity);
        if (why != null) {
            return new TlsReason("identity", why);
        }
        boolean wrong = offer == Offer.H2 && !Offer.ALPN_H2.equals(handler.applicationProtocol());
        return wrong ? new TlsReason("protocol", "it does not speak HTTP/2") : OK;
    }

    @Override
    void counted(TlsReason result) {
        owner.meters().handshake(SIDE, result.label());
    }

    @Override
    String name() {
        return identity;
    }
}
