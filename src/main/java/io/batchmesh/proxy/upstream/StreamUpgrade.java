package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.http.ClientCodecs;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.proxy.wire.PackingHeader;
import io.batchmesh.proxy.wire.WireProtocol;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a peer for the long-lived stream: {@code Upgrade: batchmesh-stream/1}. */
final class StreamUpgrade extends ChannelInboundHandlerAdapter {
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Beyond the first the stream is busy, below the second it is free again. */
    private static final int HIGH = 256 << 10;

    private static final int LOW = 64 << 10;

    private final PeerStream owner;
    private @Nullable StreamConnection agreed;
    private boolean over;

    private StreamUpgrade(PeerStream owner) {
        this.owner = owner;
    }

    static void open(PeerStream owner) {
        var upgrade = new StreamUpgrade(owner);
        owner.lane()
                .client()
                .clone()
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW, HIGH))
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(owner.lane().busyHandler())
                                        .addLast(ClientCodecs.codec(), upgrade);
                            }
                        })
                .connect(owner.address())
                .addListener((ChannelFuture f) -> upgrade.connected(f));
    }

    private void connected(ChannelFuture future) {
        if (!future.isSuccess()) {
            var cause = future.cause().getMessage();
            owner.unreachable("no connection to " + owner.address() + ": " + cause);
            return;
        }
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
        var channel = future.channel();
        channel.writeAndFlush(ask, channel.voidPromise());
        owner.lane().schedule().after(ANSWER_NANOS, () -> late(channel));
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
            Transport.keepLittleUnsent(ctx.channel());
            agreed = new StreamConnection(owner, ctx.channel());
            ctx.pipeline().addLast(agreed);
            owner.opened(agreed);
            // This first: what follows the answer is passed on when the codec goes.
            ctx.pipeline().remove(this);
            ctx.pipeline().remove(HttpClientCodec.class);
        } else if (over) {
            owner.refused();
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone("the connection was closed during the upgrade");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        gone("the upgrade failed: " + cause);
        ctx.close();
    }

    private void gone(String detail) {
        if (!over) {
            over = true;
            owner.unreachable(detail);
        }
    }
}
