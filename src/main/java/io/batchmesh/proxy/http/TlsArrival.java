package io.batchmesh.proxy.http;

import io.batchmesh.proxy.tls.Offer;
import io.batchmesh.proxy.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * A caller whose handshake is not done. When it is, and the caller is admitted, what was agreed
 * upon (ALPN) decides what the connection speaks.
 */
final class TlsArrival extends ChannelInboundHandlerAdapter implements Held {
    private final HttpServer server;
    private final ServerTls tls;
    private final SslHandler handler;
    private final Channel channel;
    private boolean told;

    TlsArrival(HttpServer server, ServerTls tls, SslHandler handler, Channel channel) {
        this.server = server;
        this.tls = tls;
        this.handler = handler;
        this.channel = channel;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void finish() {
        channel.close();
    }

    /** The handshake has a limit of its own. */
    @Override
    public boolean overdue(long nowNanos) {
        return false;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        server.opened(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent done)) {
            ctx.fireUserEventTriggered(event);
        } else if (!done.isSuccess()) {
            failed(done.cause());
        } else if (tls.admits(channel, handler)) {
            admitted(ctx);
        } else {
            ctx.close();
        }
    }

    private void admitted(ChannelHandlerContext ctx) {
        told = true;
        var agreed = handler.applicationProtocol();
        var pipeline = ctx.pipeline();
        if (Offer.ALPN_STREAM.equals(agreed)) {
            pipeline.addLast(server.handler().stream(channel));
        } else if (Offer.ALPN_H2.equals(agreed)) {
            ServerMultiplex.speak(server, channel);
        } else {
            server.speakHttp1(pipeline);
        }
        pipeline.remove(this);
        server.closed(this);
    }

    private void failed(Throwable cause) {
        if (!told) {
            told = true;
            tls.failed(channel, cause);
        }
    }

    /** Nothing comes before the handshake is done. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        server.closed(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(cause);
        ctx.close();
    }
}
