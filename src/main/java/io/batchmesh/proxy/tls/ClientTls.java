package io.batchmesh.proxy.tls;

import io.batchmesh.config.TlsMode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How one peer is called: by TLS, and only when it shows that it is the one who was meant. Nothing
 * is sent before that is certain.
 */
public final class ClientTls {
    private static final String SIDE = "upstream";
    private static final long HANDSHAKE_SECONDS = 3;

    private final SidecarTls owner;
    private final TlsMode mode;
    private final String identity;

    /**
     * A way to call a peer.
     *
     * @param mode simple or mutual
     * @param identity the service that must answer, or its whole SPIFFE ID
     */
    public ClientTls(SidecarTls owner, TlsMode mode, String identity) {
        this.owner = owner;
        this.mode = mode;
        this.identity = identity;
    }

    /** Puts TLS at the end of a fresh connection's pipeline. */
    public void addTo(Channel channel, Offer offer) {
        var handler = owner.clients(offer, mode).newHandler(channel.alloc(), owner.tasks());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        channel.pipeline().addLast(handler, new Words());
    }

    /**
     * Says when the handshake of a connection is over.
     *
     * @param then gets null when all is well, else why the peer cannot be called; it is closed then
     */
    public void whenReady(Channel channel, Offer offer, Consumer<@Nullable String> then) {
        var handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            then.accept("the connection was closed");
            return;
        }
        handler.handshakeFuture()
                .addListener(done -> {
                    var reason =
                            done.isSuccess() ? check(handler, offer) : TlsReason.of(done.cause());
                    owner.meters().handshake(SIDE, reason.label());
                    if (reason.label().equals(OK.label())) {
                        then.accept(null);
                    } else {
                        channel.close();
                        then.accept("TLS with " + identity + ": " + reason.text());
                    }
                });
    }

    private static final TlsReason OK = new TlsReason("ok", "");

    private TlsReason check(SslHandler handler, Offer offer) {
        var why = PeerCheck.called(handler, identity);
        if (why != null) {
            return new TlsReason("identity", why);
        }
        boolean wrong = offer == Offer.H2 && !Offer.ALPN_H2.equals(handler.applicationProtocol());
        return wrong ? new TlsReason("protocol", "it does not speak HTTP/2") : OK;
    }

    /** What was agreed upon with a peer; null when nothing was. */
    public static @Nullable String agreed(Channel channel) {
        var handler = channel.pipeline().get(SslHandler.class);
        return handler == null ? null : handler.applicationProtocol();
    }

    /** Turns what TLS says later, such as an alert of the peer, into words. */
    private static final class Words extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            boolean tls =
                    cause instanceof DecoderException && cause.getCause() instanceof SSLException;
            ctx.fireExceptionCaught(
                    tls || cause instanceof SSLException
                            ? new IOException("TLS: " + TlsReason.of(cause).text(), cause)
                            : cause);
        }
    }
}
