package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two sidecars in processes of their own, with the flags that the README names, under steady load
 * of thousands of callers: the objects in use must not become more. With {@code -Dstress=true} an
 * hour at 2,000 requests/s, or what the machine can do of that, looked at each five minutes; else
 * 3,000 requests, looked at twice.
 */
class LiveHeapTest {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHeapTest.class);
    private static final boolean STRESS = Boolean.getBoolean("stress");
    private static final int MINUTES = Integer.getInteger("heap.minutes", 60);
    private static final int RATE = 2_000;
    private static final int CONNECTIONS = 20;

    /** More than a peer keeps credentials of, and more paths than the cache has room for. */
    private static final int CALLERS = 6_000;

    private static final int WARM = STRESS ? 60 * RATE : 1_500;
    private static final int STEP = STRESS ? 5 * 60 * RATE : 1_500;
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int STEPS = STRESS ? Math.max(1, MINUTES / 5) : 1;
    private static final String[] FLAGS = {
        "-Xms48m", "-Xmx96m", "-Xss512k", "-XX:+UseCompactObjectHeaders"
    };
    private static final BatchWindow WINDOW =
            new BatchWindow(
                    BatchWindow.Policy.AUTO,
                    Duration.ofMillis(5),
                    64,
                    256 << 10,
                    null,
                    new BatchWindow.Cache(256 << 10, Duration.ofSeconds(1), Duration.ZERO),
                    new Compression(Compression.Codec.ZSTD, 3, Compression.Context.STREAM, 512));

    @TempDir private Path directory = Path.of(".");

    @Test
    @Timeout(4_500)
    void liveHeapDoesNotGrowUnderSteadyLoad() throws Exception {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back =
                        ProxyProcess.start(directory, Configs.called(service.address()), FLAGS)) {
            var link = Configs.link(back.inbound(), Peer.SIDECAR, WINDOW);
            try (var front = ProxyProcess.start(directory, Configs.caller(link), FLAGS)) {
                long first = step(front, back, WARM);
                long last = first;
                for (int i = 1; i <= STEPS; i++) {
                    last = step(front, back, STEP);
                    LOG.info("live heap after step {}: {} bytes, first {}", i, last, first);
                }
                // What is loaded and compiled late is in the heap too; a leak of a hundred bytes
                // per request would be 700 MB in an hour.
                double most = STRESS ? first * 1.02 : first + 2e6;
                assertTrue(last <= most, "first " + first + " bytes, last " + last);
            }
        }
    }

    private static long step(ProxyProcess front, ProxyProcess back, int requests) throws Exception {
        long begun = System.nanoTime();
        assertEquals(0, load(front.outboundAddress(), requests), "requests that failed");
        double seconds = (System.nanoTime() - begun) / 1e9;
        LOG.info("{} requests at most, in {} s", requests, seconds);
        return front.liveHeap() + back.liveHeap();
    }

    /** Sends so many requests by several connections, at the rate at most; how many failed. */
    private static long load(InetSocketAddress to, int requests) throws Exception {
        var failed = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Void>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int number = i;
                all.add(threads.submit(() -> drive(to, number, requests / CONNECTIONS, failed)));
            }
            for (var one : all) {
                one.get();
            }
        }
        return failed.get();
    }

    private static Void drive(InetSocketAddress to, int number, int requests, AtomicLong failed)
            throws IOException {
        long begun = System.nanoTime();
        try (var client = new RawClient(to)) {
            for (int i = 0; i < requests && System.nanoTime() - begun < MOST_NANOS; i++) {
                long due = begun + i * 1_000_000_000L * CONNECTIONS / RATE;
                for (long left = due - System.nanoTime(); left > 0; ) {
                    LockSupport.parkNanos(left);
                    left = due - System.nanoTime();
                }
                var request = request(i * CONNECTIONS + number);
                if (client.ask(request).status() != 200) {
                    failed.incrementAndGet();
                }
            }
        }
        return null;
    }

    /** Every second one is in the name of a caller; the others may be answered by the cache. */
    private static String request(int i) {
        int who = i * 7 % CALLERS;
        var credentials = "Authorization: Bearer %d.%s\r\n".formatted(who, "t".repeat(600));
        return "GET /orders/%d HTTP/1.1\r\nHost: back\r\n%s\r\n"
                .formatted(who, i % 2 == 0 ? credentials : "");
    }
}
