package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FolderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

    /** A view of a target whose counters all began at zero two seconds ago. */
    private static TargetView view(
            String proxy, ProxyState state, @Nullable Instant seen, String exposition) {
        var window = new Window(4, Duration.ofSeconds(8), ExpositionLimits.DEFAULT);
        var now = exposition.getBytes(StandardCharsets.UTF_8);
        var before = exposition.replaceAll("(?m) [0-9.]+$", " 0").getBytes(StandardCharsets.UTF_8);
        window.add(before, before.length, ExpositionFormat.PROMETHEUS, 0);
        window.add(now, now.length, ExpositionFormat.PROMETHEUS, 2_000_000_000L);
        var target = new ScrapeTarget(proxy, "shop", URI.create("http://127.0.0.1:1/metrics"));
        var reason = state == ProxyState.LIVE ? null : "gone";
        return new TargetView(
                target, state, seen, reason, seen == null ? TargetRates.NONE : window.rates());
    }

    private static LinkMetrics link(MeshSnapshot snapshot, String link) {
        var metrics = snapshot.link(link);
        if (metrics == null) {
            throw new AssertionError("no link " + link + " in " + snapshot.links().keySet());
        }
        return metrics;
    }

    private static final String SIDECAR =
            """
            batchmesh_requests_total{link="a->b",route="r",subset="v1",code="200"} 60
            batchmesh_requests_total{link="a->b",route="r",subset="v2",code="200"} 20
            batchmesh_requests_total{link="a->b",route="r",subset="v2",code="503"} 20
            batchmesh_requests_total{link="a->c",route="",subset="",code="200"} 2
            batchmesh_request_duration_seconds_bucket{link="a->b",path="batched",le="0.01"} 40
            batchmesh_request_duration_seconds_bucket{link="a->b",path="batched",le="0.1"} 80
            batchmesh_request_duration_seconds_bucket{link="a->b",path="batched",le="+Inf"} 80
            batchmesh_request_duration_seconds_sum{link="a->b",path="batched"} 1.6
            batchmesh_request_duration_seconds_bucket{link="a->b",path="shed",le="0.01"} 20
            batchmesh_request_duration_seconds_bucket{link="a->b",path="shed",le="0.1"} 20
            batchmesh_request_duration_seconds_bucket{link="a->b",path="shed",le="+Inf"} 20
            batchmesh_request_duration_seconds_sum{link="a->b",path="shed"} 0
            batchmesh_stage_duration_seconds_bucket{link="a->b",stage="collect",le="0.01"} 80
            batchmesh_stage_duration_seconds_bucket{link="a->b",stage="collect",le="+Inf"} 80
            batchmesh_stage_duration_seconds_sum{link="a->b",stage="collect"} 0.4
            batchmesh_stage_duration_seconds_bucket{link="a->b",stage="send",le="0.01"} 0
            batchmesh_stage_duration_seconds_bucket{link="a->b",stage="send",le="+Inf"} 80
            batchmesh_stage_duration_seconds_sum{link="a->b",stage="send"} 1.12
            batchmesh_stage_items_total{link="a->b",stage="collect"} 80
            batchmesh_send_seconds_bucket{link="a->b",part="peer",le="+Inf"} 80
            batchmesh_send_seconds_sum{link="a->b",part="peer"} 0.08
            batchmesh_batches_total{link="a->b",reason="idle"} 6
            batchmesh_batches_total{link="a->b",reason="size"} 4
            batchmesh_batch_items_bucket{link="a->b",le="+Inf"} 10
            batchmesh_batch_items_sum{link="a->b"} 80
            batchmesh_wire_bytes_total{link="a->b",direction="out",form="raw"} 800
            batchmesh_wire_bytes_total{link="a->b",direction="in",form="raw"} 200
            batchmesh_wire_bytes_total{link="a->b",direction="out",form="compressed"} 100
            batchmesh_cache_requests_total{link="a->b",result="hit"} 25
            batchmesh_cache_requests_total{link="a->b",result="miss"} 75
            batchmesh_queue_items{link="a->b"} 5
            batchmesh_shed_total{link="a->b",cause="queue"} 20
            batchmesh_retries_total{link="a->b"} 2
            batchmesh_breaker_open{link="a->b",endpoint="b-1"} 1
            batchmesh_breaker_open{link="a->b",endpoint="b-2"} 0
            batchmesh_cpu_seconds_total{activity="proxy"} 0.5
            batchmesh_cpu_seconds_total{activity="monitor"} 0.01
            batchmesh_config_info{version="abc",revision="7"} 1
            batchmesh_inbound_requests_total{code="200"} 30
            batchmesh_inbound_requests_total{code="500"} 10
            batchmesh_inbound_request_duration_seconds_bucket{le="0.01"} 40
            batchmesh_inbound_request_duration_seconds_bucket{le="+Inf"} 40
            batchmesh_inbound_request_duration_seconds_sum 0.2
            jvm_threads 12
            """;

    @Test
    void oneSidecarIsReadInEveryPart() {
        var snapshot = Folder.fold(NOW, List.of(view("a-0", ProxyState.LIVE, NOW, SIDECAR)));
        var link = link(snapshot, "a->b");
        assertEquals(50, link.requestsPerSecond());
        assertEquals(0.2, link.errorShare());
        assertEquals(Map.of("v1", 30.0, "v2", 20.0), link.traffic().splitPerSecond());
        assertEquals(10, link.traffic().shedPerSecond());
        assertEquals(1, link.traffic().retriesPerSecond());
        assertEquals(List.of("b-1"), link.traffic().openBreakers());
        assertEquals(0.02, link.latency().batched().mean(), 1e-12);
        assertEquals(0.01, link.latency().batched().p50(), 1e-12);
        assertEquals(80, link.latency().all().count(), "shed requests do not count");
        assertEquals(0.005, link.stage(Stage.COLLECT).latency().mean(), 1e-12);
        assertEquals(40, link.stage(Stage.COLLECT).itemsPerSecond());
        assertEquals(0.001, link.breakdown().unexplainedMean(), 1e-12);
        assertEquals(Double.NaN, link.stage(Stage.CACHE).latency().mean());
        var peer = link.breakdown().sendParts().get(SendPart.PEER);
        assertEquals(0.001, peer == null ? Double.NaN : peer.mean(), 1e-12);
        assertEquals(40, link.batching().itemsPerSecond());
        assertEquals(5, link.batching().batchesPerSecond());
        assertEquals(8, link.batching().meanItems());
        assertEquals(
                Map.of(FlushReason.IDLE, 3.0, FlushReason.SIZE, 2.0),
                link.batching().flushesPerSecond());
        assertEquals(5, link.batching().queueItems());
        assertEquals(10, link.wire().ratio());
        assertEquals(0.25, link.cache().hitShare());
        assertEquals(NOW, link.seenAt());
        assertEquals(List.of("a->b", "a->c"), List.copyOf(snapshot.links().keySet()));
    }

    @Test
    void theProxyItselfAndItsServiceAreRead() {
        var snapshot = Folder.fold(NOW, List.of(view("a-0", ProxyState.LIVE, NOW, SIDECAR)));
        var proxy = snapshot.proxies().get("a-0");
        assertEquals("abc", proxy == null ? "" : proxy.version());
        assertEquals("7", proxy == null ? "" : proxy.revision());
        assertEquals(Map.of(Activity.PROXY, 0.25, Activity.MONITOR, 0.005), snapshot.cost());
        var service = snapshot.services().get("shop");
        assertEquals(20, service == null ? 0 : service.requestsPerSecond());
        assertEquals(0.25, service == null ? 0 : service.errorShare());
        assertEquals(0.005, service == null ? 0 : service.latency().mean(), 1e-12);
    }

    @Test
    void twoSidecarsOfOneServiceAddUpAndTheirHistogramsMerge() {
        var one = view("a-0", ProxyState.LIVE, NOW, SIDECAR);
        var two = view("a-1", ProxyState.LIVE, NOW, SIDECAR);
        var snapshot = Folder.fold(NOW, List.of(one, two));
        var link = link(snapshot, "a->b");
        assertEquals(100, link.requestsPerSecond());
        assertEquals(0.2, link.errorShare());
        assertEquals(160, link.latency().batched().count());
        assertEquals(0.02, link.latency().batched().mean(), 1e-12);
        assertEquals(8, link.batching().meanItems());
        assertEquals(0.25, link.cache().hitShare());
        assertEquals(0.5, snapshot.cost().get(Activity.PROXY));
        var service = snapshot.services().get("shop");
        assertEquals(2, service == null ? 0 : service.proxies());
    }

    @Test
    void valuesOfASilentProxyAreKeptWithTheirTimeAndNeverZero() {
        var then = NOW.minusSeconds(35);
        var snapshot = Folder.fold(NOW, List.of(view("a-0", ProxyState.STALE, then, SIDECAR)));
        var link = link(snapshot, "a->b");
        assertEquals(50, link.requestsPerSecond());
        assertEquals(Duration.ofSeconds(35), link.age(NOW));
        assertFalse(snapshot.cost().containsKey(Activity.PROXY), "nobody reports it now");
        var proxy = snapshot.proxies().get("a-0");
        assertEquals(then, proxy == null ? null : proxy.lastSeen());
        assertEquals("gone", proxy == null ? null : proxy.reason());
    }

    @Test
    void aLiveProxyCountsAloneBesideASilentOne() {
        var then = NOW.minusSeconds(35);
        var snapshot =
                Folder.fold(
                        NOW,
                        List.of(
                                view("a-0", ProxyState.LIVE, NOW, SIDECAR),
                                view("a-1", ProxyState.UNREACHABLE, then, SIDECAR)));
        assertEquals(50, link(snapshot, "a->b").requestsPerSecond());
        assertEquals(NOW, link(snapshot, "a->b").seenAt());
    }

    @Test
    void aProxyThatWasNeverReadIsKnownByItsStateOnly() {
        var snapshot = Folder.fold(NOW, List.of(view("a-0", ProxyState.UNREACHABLE, null, "")));
        assertEquals(0, snapshot.links().size());
        assertEquals(0, snapshot.services().size());
        assertEquals(1, snapshot.count(ProxyState.UNREACHABLE));
        var proxy = snapshot.proxies().get("a-0");
        assertNull(proxy == null ? NOW : proxy.lastSeen());
    }

    @Test
    void aLinkWithoutStagesHasNoneInsteadOfZeros() {
        var exposition = "batchmesh_requests_total{link=\"a->b\",code=\"200\"} 4\n";
        var link =
                link(
                        Folder.fold(NOW, List.of(view("a-0", ProxyState.LIVE, NOW, exposition))),
                        "a->b");
        assertEquals(2, link.requestsPerSecond());
        assertFalse(link.breakdown().present());
        assertEquals(Double.NaN, link.breakdown().unexplainedMean());
        assertEquals(Double.NaN, link.batching().batchesPerSecond());
        assertEquals(Double.NaN, link.latency().all().p99());
        assertEquals(Double.NaN, link.cache().hitShare());
    }
}
