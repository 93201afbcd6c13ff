package io.batchmesh.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A service of our own behind the proxies: answers by a rule, counts what reaches it. */
final class StandInService implements AutoCloseable {
    /** What it answers; null to say nothing at all. */
    @FunctionalInterface
    interface Rule {
        @Nullable FullHttpResponse answer(ChannelHandlerContext ctx, FullHttpRequest request);
    }

    private final Channel server;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    StandInService(EventLoopGroup loops, Rule rule) {
        this(loops, rule, channel -> {});
    }

    /** With something before its codec, such as TLS. */
    StandInService(EventLoopGroup loops, Rule rule, Consumer<Channel> first) {
        server =
                Loops.listen(
                        loops,
                        channel -> {
                            connections.incrementAndGet();
                            first.accept(channel);
                            channel.pipeline()
                                    .addLast(new HttpServerCodec(8_192, 65_536, 8_192))
                                    .addLast(new HttpObjectAggregator(64 << 20))
                                    .addLast(new Answers(rule));
                        });
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Rule rule;

        Answers(Rule rule) {
            this.rule = rule;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            calls.incrementAndGet();
            var answer = rule.answer(ctx, request);
            if (answer != null) {
                HttpUtil.setContentLength(answer, answer.content().readableBytes());
                ctx.writeAndFlush(answer);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** An answer with a text. */
    static FullHttpResponse text(int status, String body) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }

    /** Answers with method, target and body of the request. */
    static FullHttpResponse echo(ChannelHandlerContext ctx, FullHttpRequest request) {
        var body = request.content().toString(StandardCharsets.UTF_8);
        return text(200, request.method() + " " + request.uri() + " " + body);
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    /** Requests that reached it. */
    int calls() {
        return calls.get();
    }

    /** Connections that were opened to it. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
