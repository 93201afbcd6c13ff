package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.Stage;
import io.batchmesh.target.Access;
import io.batchmesh.time.Clocks;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusSourceTest {
    private static final long END = 1_800_000_000_000L;
    private static final PrometheusApi.Limits LIMITS =
            new PrometheusApi.Limits(Duration.ofSeconds(5), 1 << 20, 5_000);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient http = new OkHttpClient();
    private final AtomicReference<Instant> wall =
            new AtomicReference<>(Instant.ofEpochMilli(END + 3_600_000));
    private final Clocks clocks =
            new Clocks(wall::get, () -> wall.get().toEpochMilli() * 1_000_000);
    private final ServiceNames names = new ServiceNames();

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        executor.shutdownNow();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private PrometheusSource source(URI address, OkHttpClient client) {
        var api = new PrometheusApi(client, address, LIMITS);
        return new PrometheusSource(api, PrometheusSettings.DEFAULT, names, clocks, executor);
    }

    private FakePrometheus everything() throws IOException {
        return new FakePrometheus(MeshSeries.everything(END, 60).series, END, executor);
    }

    private static LinkMetrics link(MeshSnapshot snapshot, String link) {
        var found = snapshot.link(link);
        assertNotNull(found, () -> link + " in " + snapshot.links().keySet());
        return found;
    }

    private static ProxyMetrics server(MeshSnapshot snapshot) {
        var found =
                snapshot.proxies().values().stream()
                        .filter(p -> p.proxy().startsWith("prometheus "))
                        .findFirst();
        return found.orElseGet(() ->
                new ProxyMetrics(
                        "prometheus",
                        "",
                        ProxyState.LIVE,
                        null,
                        null,
                        null,
                        null,
                        java.util.Map.of()));
    }

    @Test
    void allMeshesAreSeenWithTheirOwnUnitsAndEachRequestOnce() throws Exception {
        try (var fake = everything()) {
            var snapshot = source(fake.address(), http).round();
            assertEquals(List.of(), fake.refused);
            assertEquals(
                    Set.of(
                            "a->b",
                            "edge->orders",
                            "lb->stock",
                            "outside->productpage",
                            "productpage->reviews",
                            "web->voting"),
                    snapshot.links().keySet());
            var istio = link(snapshot, "productpage->reviews");
            assertEquals(100, istio.requestsPerSecond(), 1e-6);
            assertEquals(0.1, istio.errorShare(), 1e-9);
            assertEquals(0.010, istio.latency().all().p50(), 1e-9);
            assertEquals(0.0198, istio.latency().all().p99(), 1e-9);
            assertEquals(0.010, istio.latency().all().mean(), 1e-9);
            assertEquals(Set.of("v1", "v2"), istio.traffic().splitPerSecond().keySet());
            assertEquals(50_000, istio.wire().rawBytesPerSecond(), 1e-3);
            assertEquals(30, link(snapshot, "outside->productpage").requestsPerSecond(), 1e-6);
            var linkerd = link(snapshot, "web->voting");
            assertEquals(0.3, linkerd.errorShare(), 1e-9);
            assertEquals(0.004, linkerd.latency().all().p50(), 1e-9);
            var envoy = link(snapshot, "edge->orders");
            assertEquals(40, envoy.requestsPerSecond(), 1e-6);
            assertEquals(1.5, envoy.traffic().retriesPerSecond(), 1e-6);
            assertEquals(List.of("orders"), envoy.traffic().openBreakers());
            assertEquals(0.2, link(snapshot, "lb->stock").errorShare(), 1e-9);
            assertEquals(100, snapshot.services().get("reviews").requestsPerSecond(), 1e-6);
        }
    }

    @Test
    void ourOwnSidecarsHaveTheirStagesAndTheirCost() throws Exception {
        try (var fake = everything()) {
            var snapshot = source(fake.address(), http).round();
            var own = link(snapshot, "a->b");
            assertEquals(200, own.requestsPerSecond(), 1e-6);
            assertEquals(0.004, own.stage(Stage.COLLECT).latency().p50(), 1e-9);
            assertEquals(25, own.batching().flushesPerSecond().get(FlushReason.LINGER), 1e-6);
            assertEquals(12, own.batching().queueItems());
            assertEquals(4, own.wire().ratio(), 1e-9);
            assertEquals(0.25, snapshot.cost().get(Activity.PROXY), 1e-9);
            var proxy = snapshot.proxies().get("p:1");
            assertEquals("v9", proxy.version());
            assertEquals("a", proxy.service());
            assertEquals(ProxyState.LIVE, server(snapshot).state());
        }
    }

    @Test
    void thePastIsToldOnceAndBeforeByOurClock() throws Exception {
        try (var fake = everything()) {
            var source = source(fake.address(), http);
            var told = new ArrayList<List<MeshSnapshot>>();
            source.onPast(told::add);
            var now = source.round();
            source.round();
            assertEquals(1, told.size());
            var past = told.getFirst();
            assertTrue(past.size() > 50, "moments: " + past.size());
            assertEquals(
                    100, link(past.getLast(), "productpage->reviews").requestsPerSecond(), 1e-6);
            assertTrue(past.getLast().at().isBefore(now.at()));
            var age = Duration.between(past.getLast().at(), now.at());
            assertTrue(age.compareTo(Duration.ofSeconds(10)) < 0, "the clocks are an hour apart");
        }
    }

    @Test
    void samplesThatAreOldAreSaidToBeOld() throws Exception {
        try (var fake = everything()) {
            var source = source(fake.address(), http);
            source.round();
            fake.now = END + 70_000;
            var server = server(source.round());
            assertEquals(ProxyState.STALE, server.state());
            assertEquals("its newest sample is 70 s old", server.reason());
            assertEquals(wall.get().minusSeconds(70), server.lastSeen());
        }
    }

    @Test
    void aProxyThatCannotBeScrapedDoesNotVanish() throws Exception {
        var series = MeshSeries.everything(END, 60).series;
        var gone = new MeshSeries(END - 400_000, 60);
        gone.gauge(
                1,
                "batchmesh_config_info",
                "job",
                "side.cars",
                "instance",
                "b-1:15000",
                "pod",
                "b-1",
                "service",
                "b",
                "version",
                "f00");
        series.putAll(gone.series);
        var ups = new MeshSeries(END, 60);
        ups.gauge(0, "up", "job", "side.cars", "instance", "b-1:15000");
        ups.gauge(0, "up", "job", "side.cars", "instance", "never-seen:15000");
        ups.gauge(0, "up", "job", "others", "instance", "x:1");
        series.putAll(ups.series);
        try (var fake = new FakePrometheus(series, END, executor)) {
            var snapshot = source(fake.address(), http).round();
            assertEquals(java.util.List.of(), fake.refused);
            var down = snapshot.proxies().get("b-1");
            assertNotNull(down, () -> snapshot.proxies().keySet().toString());
            assertEquals(ProxyState.UNREACHABLE, down.state());
            assertEquals("b", down.service());
            var reason = down.reason();
            assertTrue(reason != null && reason.contains("'up' is 0"), reason);
            assertEquals(
                    1,
                    snapshot.proxies().values().stream()
                            .filter(p -> p.state() == ProxyState.UNREACHABLE)
                            .count());
            link(snapshot, "a->b");
        }
    }

    @Test
    void aServerThatIsGoneKeepsWhatWasSeenAndSaysWhy() throws Exception {
        PrometheusSource source;
        MeshSnapshot before;
        URI address;
        try (var fake = everything()) {
            address = fake.address();
            source = source(address, http);
            before = source.round();
        }
        http.connectionPool().evictAll();
        wall.set(wall.get().plusSeconds(60));
        var after = source.round();
        assertEquals(ProxyState.STALE, server(after).state());
        assertEquals("nobody listens at 127.0.0.1:" + address.getPort(), server(after).reason());
        assertEquals(before.links(), after.links());
        assertTrue(link(after, "a->b").seenAt().isBefore(after.at()));
        source.round();
        assertEquals(ProxyState.UNREACHABLE, server(source.round()).state());
    }

    @Test
    void aTokenIsSentAndItsLackIsNamed() throws Exception {
        try (var fake = everything()) {
            fake.authorization = "Bearer s3cret";
            var refused = server(source(fake.address(), http).round());
            assertEquals(ProxyState.UNREADABLE, refused.state());
            assertTrue(String.valueOf(refused.reason()).contains("other credentials"));
            var file = Files.writeString(folder.resolve("token"), "s3cret\n");
            var client = Access.bearer(file).client(http);
            assertEquals(ProxyState.LIVE, server(source(fake.address(), client).round()).state());
        }
    }

    @Test
    void anEmptyServerSaysWhatItLacks() throws Exception {
        try (var fake = new FakePrometheus(java.util.Map.of(), END, executor)) {
            var server = server(source(fake.address(), http).round());
            assertEquals(
                    "it has no metrics of any of batchmesh, Istio, Linkerd, Envoy, HAProxy",
                    server.reason());
        }
    }

    private String reason(MockResponse response) throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(response);
            server.start();
            var snapshot = source(server.url("/").uri(), http).round();
            assertFalse(server(snapshot).state() == ProxyState.LIVE);
            return String.valueOf(server(snapshot).reason());
        }
    }

    @Test
    void whatIsNoAnswerOfTheApiIsRefusedByName() throws Exception {
        assertTrue(
                reason(new MockResponse.Builder().body("<html>hello</html>").build())
                        .contains("no JSON: is it a Prometheus server?"));
        assertTrue(
                reason(new MockResponse.Builder().code(302).addHeader("Location", "/x").build())
                        .contains("redirections are not followed"));
        var error =
                "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"too\\u001b[31m slow\"}";
        assertEquals(
                "timeout: too [31m slow",
                reason(new MockResponse.Builder().code(503).body(error).build()));
        assertTrue(
                reason(new MockResponse.Builder().body("[" + "1,".repeat(1 << 20) + "1]").build())
                        .contains("more than 1048576 bytes"));
        assertTrue(
                reason(
                                new MockResponse.Builder()
                                        .body(
                                                "{\"status\":\"success\",\"data\":{\"resultType\":"
                                                        + "\"string\",\"result\":[1,\"x\"]}}")
                                        .build())
                        .contains("not series"));
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var gone = source(URI.create("http://127.0.0.1:" + port), http).round();
        assertEquals("nobody listens at 127.0.0.1:" + port, server(gone).reason());
    }
}
