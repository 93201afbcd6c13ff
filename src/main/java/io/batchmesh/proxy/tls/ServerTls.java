package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.TlsReason;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one listener speaks, asked anew for each connection. */
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final long HANDSHAKE_SECONDS = 10;

    private final SidecarTls owner;
    private final Side side;

    ServerTls(SidecarTls owner, Side side) {
        this.owner = owner;
        this.side = side;
    }

    /** Whether callers must speak TLS. */
    public boolean on() {
        return owner.servers(side) != null;
    }

    /** The first handler of a connection; null for clear text. */
    public @Nullable SslHandler handler(ByteBufAllocator alloc) {
        var context = owner.servers(side);
        if (context == null) {
            return null;
        }
        var handler = context.newHandler(alloc, owner.tasks());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    /**
     * A handshake is done: looks at who calls.
     *
     * @return whether it may go on; otherwise why not was logged and counted
     */
    public boolean admits(Channel channel, SslHandler handler) {
        var why = PeerCheck.caller(channel, handler);
        if (why != null) {
            refused(channel, new TlsReason("weak", why));
            return false;
        }
        owner.meters().handshake(side.label(), "ok");
        return true;
    }

    /** A handshake failed. */
    public void failed(Channel channel, Throwable cause) {
        refused(channel, TlsReason.of(cause));
    }

    private void refused(Channel channel, TlsReason reason) {
        owner.meters().handshake(side.label(), reason.label());
        if (reason.label().equals("closed")) {
            LOG.debug("{}: {}", channel.remoteAddress(), reason.text());
        } else {
            LOG.warn(
                    "a caller at {} of the {} listener is turned away: {}",
                    channel.remoteAddress(),
                    side.label(),
                    reason.text());
        }
    }
}
