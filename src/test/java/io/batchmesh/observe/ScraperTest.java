package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.time.Clocks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScraperTest {
    private static final ScrapeSettings QUICK =
            new ScrapeSettings(
                    Duration.ofMillis(40),
                    Duration.ofMillis(400),
                    4,
                    2,
                    16,
                    new ExpositionLimits(100_000, 10_000, 50, 10_000));
    private static final Clocks CLOCKS = new Clocks(InstantSource.system(), System::nanoTime);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient client = new OkHttpClient();
    private final BlockingQueue<MeshSnapshot> snapshots = new LinkedBlockingQueue<>(10_000);

    @AfterEach
    void closeAll() throws Exception {
        for (var closeable : open.reversed()) {
            closeable.close();
        }
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(5, TimeUnit.SECONDS), "the scraper ends when closed");
    }

    /** A proxy whose answer is made anew for each scrape. */
    private HttpServer server(String contentType, boolean gzip, Supplier<byte[]> body)
            throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/metrics",
                exchange -> {
                    var bytes = body.get();
                    exchange.getResponseHeaders().set("Content-Type", contentType);
                    if (gzip) {
                        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                        var packed = new ByteArrayOutputStream();
                        try (var out = new GZIPOutputStream(packed)) {
                            out.write(bytes);
                        }
                        bytes = packed.toByteArray();
                    }
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.setExecutor(executor);
        server.start();
        open.add(() -> server.stop(0));
        return server;
    }

    private HttpServer healthy() throws IOException {
        var count = new AtomicInteger();
        return server(
                "text/plain; version=0.0.4",
                false,
                () -> {
                    var n = count.addAndGet(10);
                    var text = "batchmesh_requests_total{link=\"a->b\",code=\"200\"} " + n + "\n";
                    return text.getBytes(StandardCharsets.UTF_8);
                });
    }

    private static ScrapeTarget target(String name, int port) {
        return new ScrapeTarget(name, name, URI.create("http://127.0.0.1:" + port + "/metrics"));
    }

    private static ScrapeTarget target(String name, HttpServer server) {
        return target(name, server.getAddress().getPort());
    }

    private Scraper start(ScrapeTarget... targets) {
        var scraper = new Scraper(QUICK, List.of(targets), CLOCKS, executor, client);
        open.add(scraper);
        scraper.start(snapshots::add);
        return scraper;
    }

    /** The next snapshot of which something holds; fails after ten seconds. */
    private MeshSnapshot await(Predicate<MeshSnapshot> wanted) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        var last = MeshSnapshot.EMPTY;
        while (System.nanoTime() < end) {
            var next = snapshots.poll(1, TimeUnit.SECONDS);
            if (next != null && wanted.test(next)) {
                return next;
            }
            last = next == null ? last : next;
        }
        throw new AssertionError("never came about; the last was " + last);
    }

    private static boolean is(MeshSnapshot snapshot, String proxy, ProxyState state) {
        var metrics = snapshot.proxies().get(proxy);
        return metrics != null && metrics.state() == state;
    }

    private static String reason(MeshSnapshot snapshot, String proxy) {
        var metrics = snapshot.proxies().get(proxy);
        return metrics == null || metrics.reason() == null ? "" : metrics.reason();
    }

    private static double rate(MeshSnapshot snapshot) {
        var link = snapshot.link("a->b");
        return link == null ? Double.NaN : link.requestsPerSecond();
    }

    @Test
    void ratesComeFromALiveProxy() throws Exception {
        start(target("a-0", healthy()));
        var snapshot = await(s -> rate(s) > 0);
        assertTrue(is(snapshot, "a-0", ProxyState.LIVE), snapshot.toString());
    }

    @Test
    void aHealthyProxyIsSeenBesideOneThatIsDownOneThatHangsAndOneThatAnswersGarbage()
            throws Exception {
        var html = "<html>garbage</html>".getBytes(StandardCharsets.UTF_8);
        var garbage = server("text/html", false, () -> html);
        int down;
        try (var socket = new ServerSocket(0)) {
            down = socket.getLocalPort();
        }
        var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(hanging);
        start(
                target("good", healthy()),
                target("garbage", garbage),
                target("down", down),
                target("hanging", hanging.getLocalPort()));
        var snapshot =
                await(s ->
                        rate(s) > 0
                                && is(s, "garbage", ProxyState.UNREADABLE)
                                && is(s, "down", ProxyState.UNREACHABLE)
                                && is(s, "hanging", ProxyState.UNREACHABLE));
        assertTrue(reason(snapshot, "garbage").contains("line 1, column 1"), snapshot.toString());
        assertEquals("nobody listens at 127.0.0.1:" + down, reason(snapshot, "down"));
        assertEquals("no complete answer within 400 ms", reason(snapshot, "hanging"));
        await(s -> rate(s) > 0 && is(s, "garbage", ProxyState.UNREADABLE));
    }

    @Test
    void theLastValuesOfAProxyThatGoesDownAreKept() throws Exception {
        var server = healthy();
        start(target("a-0", server));
        await(s -> rate(s) > 0);
        server.stop(0);
        var snapshot = await(s -> is(s, "a-0", ProxyState.STALE));
        assertTrue(rate(snapshot) > 0);
        snapshot = await(s -> is(s, "a-0", ProxyState.UNREACHABLE));
        assertTrue(rate(snapshot) > 0, snapshot.toString());
        var link = snapshot.link("a->b");
        assertTrue(link != null && link.seenAt().isBefore(snapshot.at()));
    }

    @Test
    void compressedOpenMetricsIsRead() throws Exception {
        var text =
                """
                # TYPE batchmesh_requests counter
                batchmesh_requests_total{link="a->b",code="200"} 5
                # EOF
                """;
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        start(
                target(
                        "a-0",
                        server("application/openmetrics-text; version=1.0.0", true, () -> bytes)));
        assertEquals(0, rate(await(s -> rate(s) >= 0)));
    }

    @Test
    void aBodyThatIsTooLongOnceUnpackedIsRefused() throws Exception {
        var big = new byte[5_000_000];
        start(target("bomb", server("text/plain", true, () -> big)));
        var snapshot = await(s -> is(s, "bomb", ProxyState.UNREADABLE));
        assertEquals("answers with more than 100000 bytes", reason(snapshot, "bomb"));
    }

    @Test
    void anotherStatusIsUnreadable() throws Exception {
        var server = healthy();
        var port = server.getAddress().getPort();
        start(new ScrapeTarget("x", "x", URI.create("http://127.0.0.1:" + port + "/nothing")));
        var snapshot = await(s -> is(s, "x", ProxyState.UNREADABLE));
        assertEquals("answers with HTTP status 404", reason(snapshot, "x"));
    }

    @Test
    void otherTargetsCanBeWatchedWithoutLosingThoseThatStay() throws Exception {
        var stays = target("stays", healthy());
        var scraper = start(stays, target("goes", healthy()));
        await(s -> rate(s) > 0 && s.proxies().size() == 2);
        scraper.retarget(List.of(stays));
        var snapshot = await(s -> s.proxies().size() == 1);
        assertTrue(rate(snapshot) > 0, "the window of the one that stays is kept");
        assertThrows(IllegalArgumentException.class, () -> scraper.retarget(List.of(stays, stays)));
    }

    @Test
    void withoutTargetsThereAreEmptySnapshots() throws Exception {
        start();
        assertEquals(0, await(s -> true).proxies().size());
    }

    @Test
    void aConsumerThatFailsDoesNotEndTheLoop() throws Exception {
        var scraper =
                new Scraper(QUICK, List.of(target("a-0", healthy())), CLOCKS, executor, client);
        open.add(scraper);
        var calls = new AtomicInteger();
        scraper.start(snapshot -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("on purpose");
            }
            snapshots.add(snapshot);
        });
        await(s -> rate(s) > 0);
    }

    @Test
    void nothingComesAfterItIsClosed() throws Exception {
        var scraper = start(target("a-0", healthy()));
        await(s -> true);
        scraper.close();
        scraper.close();
        executor.shutdown();
        assertTrue(executor.awaitTermination(5, TimeUnit.SECONDS));
        assertThrows(IllegalStateException.class, () -> scraper.start(snapshots::add));
    }

    @Test
    void aTargetNeedsAnHttpAddress() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ScrapeTarget("a", "a", URI.create("file:///etc/passwd")));
    }
}
