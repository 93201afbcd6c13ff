package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.ClientCodecs;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.tls.ClientTls;
import io.batchmesh.proxy.tls.Offer;
import io.batchmesh.proxy.wire.PackingHeader;
import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a peer for the long-lived stream: by ALPN {@code batchmesh/1} where TLS is spoken, else by
 * {@code Upgrade: batchmesh-stream/1}.
 */
final class StreamUpgrade extends ChannelInboundHandlerAdapter {
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Beyond the first the stream is busy, below the second it is free again. */
    private static final int HIGH = 256 << 10;

    private static final int LOW = 64 << 10;

    private final PeerStream owner;
    private boolean greeted;
    private boolean over;

    private StreamUpgrade(PeerStream owner) {
        this.owner = owner;
    }

    static void open(PeerStream owner) {
        var upgrade = new StreamUpgrade(owner);
        var lane = owner.lane();
        var client =
                lane.client()
                        .clone()
                        .option(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(LOW, HIGH))
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        upgrade.init(channel);
                                    }
                                });
        Transport.connect(client, lane.loop(), owner.address(), upgrade::connected);
    }

    private void init(Channel channel) {
        channel.pipeline().addLast(owner.lane().busyHandler());
        var tls = owner.tls();
        if (tls != null) {
            tls.addTo(channel, Offer.STREAM);
        }
        channel.pipeline().addLast(ClientCodecs.codec(), this);
    }

    private void connected(ChannelFuture future) {
        if (!future.isSuccess()) {
            unreachable(CallFailure.why(future.cause()));
            return;
        }
        var channel = future.channel();
        owner.lane().schedule().after(ANSWER_NANOS, () -> late(channel));
        var tls = owner.tls();
        if (tls == null) {
            ask(channel);
        } else {
            tls.whenReady(channel, Offer.STREAM, why -> secured(channel, why));
        }
    }

    private void unreachable(String cause) {
        if (!over) {
            over = true;
            owner.unreachable("no connection to " + owner.address() + ": " + cause);
        }
    }

    private void secured(Channel channel, @Nullable String obstacle) {
        if (obstacle != null) {
            unreachable(obstacle);
        } else if (!over && Offer.ALPN_STREAM.equals(ClientTls.agreed(channel))) {
            greet(channel);
        } else if (!over) {
            ask(channel);
        }
    }

    /** The peer has agreed already: a line says how it is to pack, its first unit opens. */
    private void greet(Channel channel) {
        greeted = true;
        channel.pipeline().remove(HttpClientCodec.class);
        var packing = PackingHeader.text(owner.compression());
        var line = WireProtocol.UPGRADE_TOKEN + (packing.isEmpty() ? "" : " " + packing) + "\r\n";
        channel.writeAndFlush(
                Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII), channel.voidPromise());
    }

    private void ask(Channel channel) {
        var ask =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.GET,
                        WireProtocol.BATCH_PATH,
                        Unpooled.EMPTY_BUFFER);
        ask.headers()
                .set(HttpHeaderNames.HOST, "batchmesh")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, WireProtocol.UPGRADE_TOKEN);
        PackingHeader.write(owner.compression(), ask.headers());
        channel.writeAndFlush(ask, channel.voidPromise());
    }

    private void late(Channel channel) {
        if (!over) {
            over = true;
            channel.close();
            owner.unreachable("no answer to the upgrade from " + owner.address());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (greeted && !over && message instanceof ByteBuf) {
            over = true;
            open(ctx);
            ctx.fireChannelRead(message);
            ctx.pipeline().remove(this);
            return;
        }
        try {
            if (!over && message instanceof HttpResponse reply) {
                answered(ctx, reply);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse reply) {
        int code = reply.status().code();
        boolean agreedTo =
                code == 101
                        && WireProtocol.UPGRADE_TOKEN.equalsIgnoreCase(
                                reply.headers().get(HttpHeaderNames.UPGRADE));
        over = code == 101 || code >= 200;
        if (agreedTo) {
            open(ctx);
            // This first: what follows the answer is passed on when the codec goes.
            ctx.pipeline().remove(this);
            ctx.pipeline().remove(HttpClientCodec.class);
        } else if (over) {
            owner.refused();
            ctx.close();
        }
    }

    private void open(ChannelHandlerContext ctx) {
        Transport.keepLittleUnsent(ctx.channel());
        var agreed = new StreamConnection(owner, ctx.channel());
        ctx.pipeline().addLast(agreed);
        owner.opened(agreed);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone("the connection was closed during the upgrade");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        gone("the upgrade failed: " + CallFailure.why(cause));
        ctx.close();
    }

    private void gone(String detail) {
        if (!over) {
            over = true;
            owner.unreachable(detail);
        }
    }
}
