package io.batchmesh.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many connections that each send one request after the other, every one with a number of its own
 * which the answer must carry.
 */
final class LoadClient {
    private final EventLoopGroup loops;
    private final InetSocketAddress to;
    private final HttpMethod method;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentHashMap<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, Boolean> answered = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final LongAdder nanos = new LongAdder();
    private final CountDownLatch done;
    private final int total;

    LoadClient(EventLoopGroup loops, InetSocketAddress to, HttpMethod method, int total) {
        this.loops = loops;
        this.to = to;
        this.method = method;
        this.total = total;
        this.done = new CountDownLatch(total);
    }

    void start(int connections) {
        for (int i = 0; i < connections; i++) {
            open();
        }
    }

    private void open() {
        Loops.call(loops, loops.next(), to, new Asker());
    }

    private final class Asker extends SimpleChannelInboundHandler<FullHttpResponse> {
        private int number = -1;
        private long sent;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ask(ctx);
        }

        private void ask(ChannelHandlerContext ctx) {
            number = next.getAndIncrement();
            if (number >= total) {
                number = -1;
                ctx.close();
                return;
            }
            asked.incrementAndGet();
            var request =
                    new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1, method, "/n/" + number, Unpooled.EMPTY_BUFFER);
            request.headers().set("host", "back").set("content-length", 0);
            sent = System.nanoTime();
            ctx.writeAndFlush(request);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse reply) {
            nanos.add(System.nanoTime() - sent);
            int status = reply.status().code();
            statuses.merge(status, 1, Integer::sum);
            var expected = method + " /n/" + number + " ";
            if (status == 200
                    && !expected.equals(reply.content().toString(StandardCharsets.UTF_8))) {
                wrong.incrementAndGet();
            }
            if (answered.putIfAbsent(number, true) != null) {
                wrong.incrementAndGet();
            }
            done.countDown();
            number = -1;
            if (reply.headers().contains("connection", "close", true)) {
                ctx.close();
            } else {
                ask(ctx);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (number >= 0) {
                broken.incrementAndGet();
                done.countDown();
            }
            if (next.get() < total) {
                open();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Asks nothing more. */
    void stop() {
        next.set(total);
    }

    /** Whether everything that was asked has been answered, or never will be. */
    boolean quiet() {
        return asked.get() == answered.size() + broken.get();
    }

    boolean await(int seconds) throws InterruptedException {
        return done.await(seconds, TimeUnit.SECONDS);
    }

    int count(int status) {
        return statuses.getOrDefault(status, 0);
    }

    /** Answers that belong to another request, or came twice. */
    int wrong() {
        return wrong.get();
    }

    /** Requests whose connection was closed without an answer. */
    int broken() {
        return broken.get();
    }

    /** Whether every answer was 200, its caller's own, and none was missing. */
    boolean flawless() {
        return wrong() == 0 && broken() == 0 && Set.of(200).containsAll(statuses.keySet());
    }

    double meanNanos() {
        return nanos.sum() / (double) Math.max(1, total);
    }

    @Override
    public String toString() {
        return statuses + ", wrong " + wrong + ", broken " + broken + ", open " + done.getCount();
    }
}
