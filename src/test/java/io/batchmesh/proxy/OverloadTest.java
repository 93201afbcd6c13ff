package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;
import io.batchmesh.policy.Resilience;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Five times what the service can take, against a sidecar in a heap of 256 MiB. */
class OverloadTest {
    private static final boolean STRESS = Boolean.getBoolean("stress");
    private static final long OVERLOAD = TimeUnit.SECONDS.toNanos(STRESS ? 60 : 3);
    private static final long WARM = TimeUnit.SECONDS.toNanos(2);
    private static final int SLOTS = 20;
    private static final long SERVICE_MILLIS = 200;
    private static final double CAPACITY = SLOTS * 1_000.0 / SERVICE_MILLIS;
    private static final int BODY = 4_096;

    @TempDir private Path directory = Path.of(".");

    /** So many requests at a time, each for so long; more wait in line. */
    private static final class Slots implements StandInService.Rule {
        private final Deque<Runnable> line = new ArrayDeque<>();
        private int busy;

        @Override
        public FullHttpResponse answer(ChannelHandlerContext ctx, FullHttpRequest request) {
            Runnable work =
                    () ->
                            Loops.GROUP
                                    .next()
                                    .schedule(
                                            () -> done(ctx), SERVICE_MILLIS, TimeUnit.MILLISECONDS);
            synchronized (line) {
                if (busy == SLOTS) {
                    line.add(work);
                    return null;
                }
                busy++;
            }
            work.run();
            return null;
        }

        private void done(ChannelHandlerContext ctx) {
            var reply = StandInService.text(200, "ok");
            HttpUtil.setContentLength(reply, reply.content().readableBytes());
            ctx.writeAndFlush(reply);
            Runnable next;
            synchronized (line) {
                next = line.poll();
                busy -= next == null ? 1 : 0;
            }
            if (next != null) {
                next.run();
            }
        }
    }

    private static LinkConfig link(String address, Peer peer, BatchWindow window) {
        var bounds = new CircuitBreaker(64, 64, 2 * SLOTS, 3);
        return Configs.link(address, peer, window)
                .withResilience(new Resilience(null, null, null, bounds, null));
    }

    /** Batched; at full length plain too. */
    static List<Peer> peers() {
        return STRESS ? List.of(Peer.SIDECAR, Peer.PLAIN) : List.of(Peer.SIDECAR);
    }

    @ParameterizedTest
    @MethodSource("peers")
    @Timeout(180)
    void whatIsTooMuchIsShedAtOnceAndTheRestIsServed(Peer peer) throws Exception {
        var slots = new Slots();
        try (var service = new StandInService(Loops.GROUP, slots);
                var back = Loops.back(service.address())) {
            boolean batched = peer == Peer.SIDECAR;
            var to = batched ? Loops.address(back) : service.address();
            var window = batched ? BatchWindow.DEFAULT : Configs.off();
            var config = Configs.caller(link(to, peer, window));
            try (var front = ProxyProcess.start(directory, config, "-Xmx256m")) {
                overload(front);
            }
        }
    }

    private static void overload(ProxyProcess front) throws Exception {
        var client = new OpenLoopClient(Loops.GROUP, front.outboundAddress(), BODY);
        try {
            client.rate(CAPACITY / 2);
            pause(WARM);
            var before = front.page("/metrics");
            client.rate(5 * CAPACITY);
            pause(WARM / 2);
            long begun = System.nanoTime();
            pause(OVERLOAD);
            long ended = System.nanoTime();
            var after = front.page("/metrics");
            client.rate(CAPACITY / 2);
            pause(TimeUnit.SECONDS.toNanos(2));
            long normal = System.nanoTime();
            pause(TimeUnit.SECONDS.toNanos(1));
            client.rate(0);
            assertTrue(front.running(), "it fell over: " + front.errors());
            double seconds = (ended - begun) / 1e9;
            long good = count(client, a -> a.status() == 200 && ends(a, begun, ended));
            long shed = count(client, a -> a.status() == 503 && ends(a, begun, ended));
            var said = "good %.1f/s of %.1f/s, shed %.1f/s";
            var text = said.formatted(good / seconds, CAPACITY, shed / seconds);
            assertTrue(good / seconds >= 0.9 * CAPACITY, text);
            assertTrue(shed / seconds >= CAPACITY, text);
            double p99 = ShedTimes.p99Seconds(before, after);
            double most = 0.005 + client.latenessSeconds();
            assertTrue(p99 <= most, () -> "shed p99 " + p99 + " s, at most " + most + " s");
            assertEquals(0, client.broken(), "broken connections");
            long late = count(client, a -> a.sentNanos() > normal && a.status() != 200);
            assertEquals(0, late, "still refused two seconds after");
            assertTrue(count(client, a -> a.sentNanos() > normal) > CAPACITY / 8, "not served");
            assertFalse(front.errors().contains("WARN"), front.errors());
        } finally {
            client.stop();
        }
    }

    private static boolean ends(OpenLoopClient.Answer answer, long from, long to) {
        long at = answer.sentNanos() + answer.nanos();
        return at >= from && at < to;
    }

    private static long count(OpenLoopClient client, Predicate<OpenLoopClient.Answer> which) {
        return client.answers().stream().filter(which).count();
    }

    /** The load takes its time; nothing is waited for. */
    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
