package io.batchmesh.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a caller that speaks HTTP/2 (RFC 9113): each stream is a channel of its own. When
 * it is to end it says so twice (section 6.8): first that it is going, then, when the caller must
 * have seen that, which streams are still answered.
 */
final class ServerMultiplex extends ChannelInboundHandlerAdapter implements Held {
    private static final Logger LOG = LoggerFactory.getLogger(ServerMultiplex.class);
    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long DRAIN_PING = 0x6472_6169_6e69_6e67L;
    private static final long DRAIN_SECONDS = 1;

    private final HttpServer server;
    private final Channel channel;
    private final Set<ServerStream> streams = new HashSet<>();
    private long activeNanos;
    private int control;
    private boolean leaving;
    private boolean left;

    private ServerMultiplex(HttpServer server, Channel channel) {
        this.server = server;
        this.channel = channel;
        this.activeNanos = server.ticker().nanos();
    }

    /** Lets a connection speak HTTP/2 from now on. */
    static void speak(HttpServer server, Channel channel) {
        var multiplex = new ServerMultiplex(server, channel);
        var streams =
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(
                                        new StreamGuard(),
                                        new Http2StreamFrameToHttpObjectCodec(true, true),
                                        new ServerStream(server, multiplex, stream));
                    }
                };
        channel.pipeline()
                .addLast(Http2Limits.server(), new Http2MultiplexHandler(streams), multiplex);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        int more = Http2Limits.CONNECTION_WINDOW - Http2Limits.FIRST_WINDOW;
        ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(more));
        server.opened(this);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    void opened(ServerStream stream) {
        activeNanos = server.ticker().nanos();
        streams.add(stream);
    }

    void closed(ServerStream stream) {
        activeNanos = server.ticker().nanos();
        streams.remove(stream);
        closeIfDone();
    }

    private void closeIfDone() {
        if (left && streams.isEmpty()) {
            // After what is being written.
            channel.eventLoop()
                    .execute(() ->
                            channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                                    .addListener(ChannelFutureListener.CLOSE));
        }
    }

    @Override
    public void finish() {
        if (leaving) {
            return;
        }
        leaving = true;
        var going = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
        going.setExtraStreamIds(Integer.MAX_VALUE);
        channel.write(going);
        channel.writeAndFlush(new DefaultHttp2PingFrame(DRAIN_PING));
        channel.eventLoop().schedule(this::leave, DRAIN_SECONDS, TimeUnit.SECONDS);
    }

    private void leave() {
        if (!left && channel.isActive()) {
            left = true;
            channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            closeIfDone();
        }
    }

    @Override
    public boolean overdue(long nowNanos) {
        return streams.isEmpty() && nowNanos - activeNanos > MAX_IDLE_NANOS;
    }

    @Override
    public void sweep(long nowNanos) {
        control = 0;
        List.copyOf(streams).forEach(s -> s.sweep(nowNanos));
    }

    /** A frame came that costs work and carries nothing. */
    void control() {
        if (++control == Http2Limits.MAX_CONTROL) {
            LOG.warn("{} sends too many control frames", channel.remoteAddress());
            channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof Http2PingFrame ping && ping.ack()) {
                if (ping.content() == DRAIN_PING && leaving) {
                    leave();
                }
            } else {
                control();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        server.closed(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof io.netty.handler.codec.http2.Http2Exception broken) {
            LOG.warn("{} breaks HTTP/2: {}", channel.remoteAddress(), broken.getMessage());
        } else {
            server.failed(cause);
        }
        ctx.close();
    }
}
