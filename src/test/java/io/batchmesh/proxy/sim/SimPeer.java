package io.batchmesh.proxy.sim;

import io.batchmesh.proxy.wire.WireProtocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.SocketAddress;
import java.util.SplittableRandom;

/** A peer that takes batches, by streams or posts, and breaks every rule now and then. */
final class SimPeer {
    private static final int MAX_BODY = 32 << 20;

    final SimNetwork net;
    final History history;
    final SplittableRandom random;
    final long meanNanos;
    double faulty;

    /** Whether it knows streams at all. */
    private final boolean streams;

    SimPeer(
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
        this.streams = random.nextInt(4) > 0;
    }

    void listen(SocketAddress address, String host) {
        net.listen(address, host, this::accept);
    }

    void heal() {
        faulty = 0;
    }

    boolean bad() {
        return random.nextDouble() < faulty;
    }

    long delay() {
        return (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    }

    private void accept(Channel channel) {
        channel.pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_BODY), new Front());
    }

    /** A connection before it is a stream. */
    private final class Front extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (request.decoderResult().isFailure()) {
                SimService.broken(net, history, request);
            } else if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
                upgrade(ctx);
            } else if (WireProtocol.CONTENT_TYPE.equals(request.headers().get("content-type"))) {
                new SimPost(SimPeer.this, ctx).answer(request);
            } else {
                plain(ctx, request);
            }
        }

        private void plain(ChannelHandlerContext ctx, FullHttpRequest request) {
            history.executed(SimService.nonce(request), net.now());
            var reply = SimService.echo(request, bad() ? 500 : 200, 9);
            net.after(delay(), () -> ctx.writeAndFlush(reply));
        }

        private void upgrade(ChannelHandlerContext ctx) {
            int fault = bad() ? random.nextInt(4) : -1;
            if (fault == 0) {
                ((SimSocket) ctx.channel()).kill();
            } else if (fault == 1) {
                // Never says anything.
                history.note("silent", net.now());
            } else if (fault == 2) {
                ctx.close();
            } else if (!streams || fault == 3) {
                refuse(ctx);
            } else {
                agree(ctx);
            }
        }

        private void refuse(ChannelHandlerContext ctx) {
            int[] codes = {404, 426, 200, 500, 501};
            var status = HttpResponseStatus.valueOf(codes[random.nextInt(codes.length)]);
            var reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
            HttpUtil.setContentLength(reply, 0);
            ctx.writeAndFlush(reply);
        }

        private void agree(ChannelHandlerContext ctx) {
            var reply =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.SWITCHING_PROTOCOLS,
                            Unpooled.EMPTY_BUFFER);
            reply.headers().set("connection", "upgrade").set("upgrade", WireProtocol.UPGRADE_TOKEN);
            ctx.writeAndFlush(reply);
            var pipeline = ctx.pipeline();
            var stream = new SimStream(SimPeer.this, (SimSocket) ctx.channel());
            pipeline.addLast(stream);
            pipeline.remove(this);
            pipeline.remove(HttpObjectAggregator.class);
            pipeline.remove(HttpServerCodec.class);
            stream.begin();
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
