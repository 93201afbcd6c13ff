package io.batchmesh.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Callers who do not wait for one another: so many requests a second, whatever comes back. */
final class OpenLoopClient {
    private static final int MAX_CONNECTIONS = 1_500;
    private static final long TICK_NANOS = 2_000_000;

    /** An answer, and when it came. */
    record Answer(int status, long sentNanos, long nanos) {}

    private final EventLoopGroup loops;
    private final EventLoop loop;
    private final InetSocketAddress to;
    private final byte[] body;
    private final Deque<Asker> idle = new ArrayDeque<>();
    private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> late = Collections.synchronizedList(new ArrayList<>());
    private volatile double rate;
    private double owed;
    private long last;
    private int connections;
    private volatile int broken;
    private final Future<?> ticking;

    OpenLoopClient(EventLoopGroup loops, InetSocketAddress to, int bodyBytes) {
        this.loops = loops;
        this.loop = loops.next();
        this.to = to;
        this.body = new byte[bodyBytes];
        this.last = System.nanoTime();
        this.ticking =
                loop.scheduleAtFixedRate(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    /** From now on so many requests a second. */
    void rate(double perSecond) {
        rate = perSecond;
    }

    void stop() {
        ticking.cancel(false);
    }

    /** What has come back so far. */
    List<Answer> answers() {
        synchronized (answers) {
            return List.copyOf(answers);
        }
    }

    /** Requests whose connection was closed without an answer. */
    int broken() {
        return broken;
    }

    /** How late this machine ran 99 of 100 timers: what no program on it can be quicker than. */
    double latenessSeconds() {
        synchronized (late) {
            return late.stream().sorted().skip(late.size() * 99L / 100).findFirst().orElse(0L)
                    / 1e9;
        }
    }

    private void tick() {
        long now = System.nanoTime();
        late.add(Math.max(0, now - last - TICK_NANOS));
        owed = Math.min(rate / 5, owed + rate * (now - last) / 1e9);
        last = now;
        for (; owed >= 1; owed--) {
            var free = idle.poll();
            if (free != null) {
                free.ask();
            } else if (connections < MAX_CONNECTIONS) {
                connections++;
                open();
            }
        }
    }

    private void open() {
        Loops.call(loops, loop, to, new Asker());
    }

    private final class Asker extends SimpleChannelInboundHandler<FullHttpResponse> {
        private ChannelHandlerContext context;
        private long sent;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            context = ctx;
            ask();
        }

        void ask() {
            var request =
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            HttpMethod.POST,
                            "/load",
                            Unpooled.wrappedBuffer(body));
            request.headers().set("host", "back").setInt("content-length", body.length);
            sent = System.nanoTime();
            context.writeAndFlush(request);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse reply) {
            answers.add(new Answer(reply.status().code(), sent, System.nanoTime() - sent));
            sent = 0;
            idle.push(this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            idle.remove(this);
            connections--;
            if (sent != 0) {
                broken++;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
