package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.TlsReason;
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
 * How somebody is called: by TLS, and only when he shows that he is the one who was meant. Nothing
 * is sent before that is certain.
 */
public abstract sealed class ClientTls permits PeerTls, HostTls {
    private static final long HANDSHAKE_SECONDS = 3;

    /** What is found of the other side when nothing is wrong with it. */
    static final TlsReason OK = new TlsReason("ok", "");

    /** The first handler of a connection. */
    abstract SslHandler handler(Channel channel, Offer offer);

    /** What is found of the other side after a handshake; {@link #OK} when all is well. */
    abstract TlsReason check(SslHandler handler, Offer offer);

    /** Counts a handshake. */
    abstract void counted(TlsReason result);

    /** Who is called, for people. */
    abstract String name();

    /** Puts TLS at the end of a fresh connection's pipeline. */
    public final void addTo(Channel channel, Offer offer) {
        var handler = handler(channel, offer);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        channel.pipeline().addLast(handler, new Words());
    }

    /**
     * Says when the handshake of a connection is over.
     *
     * @param then gets null when all is well, else why the peer cannot be called; it is closed then
     */
    public final void whenReady(Channel channel, Offer offer, Consumer<@Nullable String> then) {
        var handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            then.accept("the connection was closed");
            return;
        }
        handler.handshakeFuture()
                .addListener(done -> {
                    var reason =
                            done.isSuccess() ? check(handler, offer) : TlsReason.of(done.cause());
                    counted(reason);
                    if (reason.label().equals(OK.label())) {
                        then.accept(null);
                    } else {
                        channel.close();
                        then.accept("TLS with " + name() + ": " + reason.text());
                    }
                });
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
