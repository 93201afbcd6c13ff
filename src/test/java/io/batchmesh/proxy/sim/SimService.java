package io.batchmesh.proxy.sim;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
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
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A service that echoes who asked what, and misbehaves as often as it is told. */
final class SimService {
    private static final int MAX_BODY = 8 << 20;

    private final SimNetwork net;
    private final History history;
    private final SplittableRandom random;
    private final long meanNanos;
    private double faulty;

    SimService(
            SimNetwork net,
            History history,
            SplittableRandom random,
            long meanNanos,
            double faulty) {
        this.net = net;
        this.history = history;
        this.random = random;
        this.meanNanos = meanNanos;
        this.faulty = faulty;
    }

    void listen(SocketAddress address, String host) {
        net.listen(address, host, this::accept);
    }

    /** From now on it does what it is asked. */
    void heal() {
        faulty = 0;
    }

    private void accept(Channel channel) {
        channel.pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY), new Serve());
    }

    /** A request that is no request: its connection broke, or the sidecar wrote nonsense. */
    static void broken(SimNetwork net, History history, FullHttpRequest request) {
        var cause = request.decoderResult().cause();
        history.note("half a request", net.now());
        if (!SimNetwork.isUsual(cause)) {
            history.violation("the sidecar wrote what is not HTTP: " + cause);
        }
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
                ((SimSocket) ctx.channel()).kill();
                return;
            }
            history.executed(SimService.nonce(request), net.now());
            int status = fault == 1 ? 500 : fault == 2 ? 503 : 200;
            int padding = random.nextInt(4) == 0 ? random.nextInt(3_000) : 5;
            var reply = echo(request, status, padding);
            long delay = (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
            int way = random.nextInt(4);
            net.after(delay, () -> answer(ctx, reply, fault, way));
        }

        private void answer(ChannelHandlerContext ctx, FullHttpResponse reply, int fault, int way) {
            var socket = (SimSocket) ctx.channel();
            switch (fault) {
                case 3 -> {
                    reply.release();
                    socket.kill();
                }
                case 4 -> {
                    socket.cutAfter(way == 0 ? 1 : 60L + way * 20);
                    ctx.writeAndFlush(reply);
                }
                case 5 -> {
                    reply.headers().set(HttpHeaderNames.CONNECTION, "close");
                    ctx.writeAndFlush(reply).addListener(f -> ctx.close());
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
            net.after(
                    meanNanos / 4,
                    () -> {
                        ctx.writeAndFlush(new DefaultHttpContent(body));
                        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
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
