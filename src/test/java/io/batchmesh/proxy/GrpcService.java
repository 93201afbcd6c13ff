package io.batchmesh.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that speaks as gRPC does: a head, each message of the request sent back at once, and
 * the status as trailers.
 */
final class GrpcService implements AutoCloseable {
    private final Channel server;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger toRefuse = new AtomicInteger();
    private volatile CountDownLatch refused = new CountDownLatch(0);

    GrpcService(EventLoopGroup loops, int maxStreams) {
        server = Loops.listen(loops, channel -> init(channel, maxStreams));
    }

    private void init(Channel channel, int maxStreams) {
        opened.incrementAndGet();
        connections.add(channel);
        channel.closeFuture().addListener(f -> connections.remove(channel));
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forServer()
                                .initialSettings(
                                        Http2Settings.defaultSettings()
                                                .maxConcurrentStreams(maxStreams))
                                .build(),
                        new Http2MultiplexHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        stream.pipeline().addLast(new Echo());
                                    }
                                }));
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http2HeadersFrame head) {
                if (toRefuse.getAndDecrement() > 0) {
                    refused.countDown();
                    ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
                    return;
                }
                calls.incrementAndGet();
                var headers =
                        new DefaultHttp2Headers()
                                .status("200")
                                .set("content-type", "application/grpc")
                                .set("seen-te", String.valueOf(head.headers().get("te")))
                                .set("seen-scheme", String.valueOf(head.headers().scheme()));
                ctx.writeAndFlush(new DefaultHttp2HeadersFrame(headers, false));
                if (head.isEndStream()) {
                    end(ctx);
                }
            } else if (message instanceof Http2DataFrame data) {
                boolean last = data.isEndStream();
                ctx.writeAndFlush(new DefaultHttp2DataFrame(data.content(), false));
                if (last) {
                    end(ctx);
                }
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        private static void end(ChannelHandlerContext ctx) {
            var trailers = new DefaultHttp2Headers().set("grpc-status", "0");
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Says on all connections that no further calls are taken there. */
    void goAway() {
        for (var connection : connections) {
            var goodbye = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
            goodbye.setExtraStreamIds(Integer.MAX_VALUE);
            connection.writeAndFlush(goodbye);
        }
    }

    /** Refuses so many of the next calls without touching them. */
    void refuse(int next) {
        refused = new CountDownLatch(next);
        toRefuse.set(next);
    }

    /** Waits until all calls that are to be refused were. */
    void awaitRefusals() throws IOException {
        try {
            if (!refused.await(10, TimeUnit.SECONDS)) {
                throw new IOException(refused.getCount() + " calls are still to be refused");
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    String address() {
        return "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
    }

    int opened() {
        return opened.get();
    }

    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        connections.forEach(Channel::close);
    }
}
