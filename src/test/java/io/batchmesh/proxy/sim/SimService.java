package io.batchmesh.proxy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A service that echoes who asked what, and misbehaves as often as it is told. */
final class SimService {
    private static final int MAX_BODY = 8 << 20;

    /** Between the pieces of an answer that takes its time. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(12);

    private final SimNetwork net;
    private final History history;
    private final SplittableRandom random;
    private final long meanNanos;
    private final boolean multiplexed;
    private final SimBulk bulk;
    private double faulty;

    SimService(
            SimNetwork net,
            History history,
            SplittableRandom random,
            long meanNanos,
            double faulty,
            boolean multiplexed) {
        this.net = net;
        this.history = history;
        this.random = random;
        this.meanNanos = meanNanos;
        this.faulty = faulty;
        this.multiplexed = multiplexed;
        this.bulk = new SimBulk(net, history, random.split());
    }

    void listen(SocketAddress address, String host) {
        net.listen(address, host, this::accept);
    }

    /** From now on it does what it is asked. */
    void heal() {
        faulty = 0;
    }

    private void accept(Channel channel) {
        if (!multiplexed) {
            channel.pipeline()
                    .addLast(
                            new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY), new Serve());
            return;
        }
        var streams =
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(true),
                                        new HttpObjectAggregator(MAX_BODY),
                                        new Serve());
                    }
                };
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(streams),
                        new Broken());
    }

    /** The connection of an HTTP/2 call, or that of an HTTP/1.1 one. */
    private static SimSocket socket(ChannelHandlerContext ctx) {
        var channel = ctx.channel();
        return (SimSocket) (channel instanceof SimSocket ? channel : channel.parent());
    }

    /** What goes wrong on a whole HTTP/2 connection. */
    private final class Broken extends ChannelDuplexHandler {
        private boolean leaving;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            leaving |= message instanceof Http2GoAwayFrame;
            ctx.write(message, promise);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // What was on its way when this end said that it leaves is an error to Netty's server.
            if (!leaving && !SimNetwork.isUsual(cause)) {
                history.violation("the sidecar wrote what is not HTTP/2: " + cause);
            }
            ctx.close();
        }
    }

    /** A request that is no request: its connection broke, or the sidecar wrote nonsense. */
    static void broken(SimNetwork net, History history, FullHttpRequest request) {
        var cause = request.decoderResult().cause();
        history.note("half a request", net.now());
        if (!SimNetwork.isUsual(cause)) {
            history.violation("the sidecar wrote what is not HTTP: " + cause);
        }
    }

    /** Whether the answer to a request comes piece by piece, where it is not given at once. */
    static boolean takesItsTime(@Nullable String nonce) {
        return nonce != null && Math.floorMod(nonce.hashCode(), 3) > 0;
    }

    /** Whose request it is; the whole head where it does not say. */
    static String nonce(FullHttpRequest request) {
        var nonce = request.headers().get("x-nonce");
        return nonce == null ? request.toString() : nonce;
    }

    /** A good answer to a request: its nonce, the sum of its body, and something more. */
    static FullHttpResponse echo(FullHttpRequest request, int status, int padding) {
        var nonce = SimService.nonce(request);
        var sum = Ask.sum(ByteBufUtil.getBytes(request.content()));
        var text = nonce + " " + sum + " " + "p".repeat(padding);
        var reply =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(status),
                        Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
        reply.headers().set("x-nonce", nonce).set("x-length", text.length());
        reply.headers().set("x-path", request.uri());
        reply.headers().set("x-identity", request.headers().get("authorization", "-"));
        HttpUtil.setContentLength(reply, text.length());
        return reply;
    }

    /** One connection. */
    private final class Serve extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (request.decoderResult().isFailure()) {
                broken(net, history, request);
                return;
            }
            boolean bad = random.nextDouble() < faulty;
            int fault = bad ? random.nextInt(7) : -1;
            if (fault == 0) {
                // Dies before it does anything.
                begone(ctx);
                return;
            }
            int status = fault == 1 ? 500 : fault == 2 ? 503 : 200;
            int padding = random.nextInt(4) == 0 ? random.nextInt(3_000) : 5;
            FullHttpResponse reply;
            if (SimBulk.takes(request)) {
                reply = bulk.answer(request, status, faulty);
            } else {
                history.executed(SimService.nonce(request), net.now());
                reply = echo(request, status, padding);
            }
            long delay = (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
            int way = random.nextInt(4);
            net.after(delay, () -> answer(ctx, reply, fault, way));
        }

        /** The connection breaks, or a stream of it is refused before anything was done. */
        private void begone(ChannelHandlerContext ctx) {
            if (multiplexed && random.nextBoolean()) {
                ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
            } else {
                socket(ctx).kill();
            }
        }

        private void answer(ChannelHandlerContext ctx, FullHttpResponse reply, int fault, int way) {
            var socket = socket(ctx);
            switch (fault) {
                case 3 -> {
                    reply.release();
                    if (multiplexed && way > 1) {
                        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                    } else {
                        socket.kill();
                    }
                }
                case 4 -> {
                    socket.cutAfter(way == 0 ? 1 : 60L + way * 20);
                    ctx.writeAndFlush(reply);
                }
                case 5 -> {
                    if (multiplexed) {
                        ctx.writeAndFlush(reply);
                        socket.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
                    } else {
                        reply.headers().set(HttpHeaderNames.CONNECTION, "close");
                        ctx.writeAndFlush(reply).addListener(f -> ctx.close());
                    }
                }
                // Says nothing at all.
                case 6 -> reply.release();
                default -> well(ctx, reply, way);
            }
        }

        private void well(ChannelHandlerContext ctx, FullHttpResponse reply, int way) {
            if (way > 0) {
                ctx.writeAndFlush(reply);
                return;
            }
            var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, reply.status());
            head.headers().set(reply.headers()).remove(HttpHeaderNames.CONTENT_LENGTH);
            HttpUtil.setTransferEncodingChunked(head, true);
            ctx.writeAndFlush(head);
            var body = reply.content();
            ctx.writeAndFlush(new DefaultHttpContent(body.readRetainedSlice(3)));
            if (SimService.takesItsTime(reply.headers().get("x-nonce"))) {
                history.inParts();
                further(ctx, body, 4);
                return;
            }
            net.after(
                    meanNanos / 4,
                    () -> {
                        ctx.writeAndFlush(new DefaultHttpContent(body));
                        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                    });
        }

        /** The rest, piece by piece, so late that no peer waits for the whole of it. */
        private void further(ChannelHandlerContext ctx, ByteBuf body, int pieces) {
            net.after(
                    SLOW_NANOS,
                    () -> {
                        if (pieces == 2 && random.nextDouble() < faulty) {
                            body.release();
                            begone(ctx);
                        } else if (pieces > 1) {
                            var piece = body.readRetainedSlice(body.readableBytes() / pieces);
                            ctx.writeAndFlush(new DefaultHttpContent(piece));
                            further(ctx, body, pieces - 1);
                        } else {
                            ctx.writeAndFlush(new DefaultHttpContent(body));
                            ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                        }
                    });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!SimNetwork.isUsual(cause)) {
                net.failed(cause);
            }
            ctx.close();
        }
    }
}
