package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.SnapshotHistory;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.proxy.meter.CacheResult;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.SidecarMeters;
import io.batchmesh.proxy.meter.StageTimes;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the sidecar writes is what the console reads: both sides are the real ones. */
class SidecarExpositionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MS = 1_000_000;

    private final SidecarMeters meters = new SidecarMeters();
    private final Window window = new Window(4, Duration.ofSeconds(8), ExpositionLimits.DEFAULT);

    private static void traffic(SidecarMeters meters) {
        var link = meters.link("a->b");
        for (var i = 0; i < 100; i++) {
            link.requests("r", i % 4 == 0 ? "v2" : "v1", i % 10 == 0 ? 503 : 200).increment();
            link.answered(Path.BATCHED, 12 * MS);
            link.staged(new StageTimes(0, 4 * MS, MS, 2 * MS, 4 * MS));
            link.passed(Stage.COLLECT, 1);
            link.cache(i < 20 ? CacheResult.HIT : CacheResult.MISS);
            meters.inbound().answered(200, 3 * MS);
        }
        for (var i = 0; i < 10; i++) {
            link.batch(FlushReason.IDLE, 10);
            link.wire().sent(1000, 250);
        }
        link.queued(7);
        link.breaker("b-1", true);
    }

    private void scrape(
            ExpositionFormatWriter writer, ExpositionFormat format, SidecarMeters from, int second)
            throws IOException {
        var out = new ByteArrayOutputStream();
        writer.write(out, from.registry().scrape());
        var nanos = Duration.ofSeconds(second).toNanos();
        assertEquals(Optional.empty(), window.add(out.toByteArray(), out.size(), format, nanos));
    }

    private MeshSnapshot fold() {
        var target = new ScrapeTarget("a-0", "a", URI.create("http://127.0.0.1:1/metrics"));
        var view = new TargetView(target, ProxyState.LIVE, NOW, null, window.rates());
        return Folder.fold(NOW, List.of(view));
    }

    private static void check(MeshSnapshot snapshot) {
        var link = Objects.requireNonNull(snapshot.link("a->b"));
        assertEquals(50, link.requestsPerSecond());
        assertEquals(0.1, link.errorShare(), 1e-9);
        assertEquals(37.5, link.traffic().splitPerSecond().get("v1"));
        assertEquals(List.of("b-1"), link.traffic().openBreakers());
        assertEquals(0.012, link.latency().batched().mean(), 1e-9);
        assertEquals(0.004, link.stage(Stage.COLLECT).latency().mean(), 1e-9);
        assertEquals(50, link.stage(Stage.COLLECT).itemsPerSecond());
        assertEquals(0.001, link.breakdown().unexplainedMean(), 1e-9);
        assertEquals(5, link.batching().flushesPerSecond().get(FlushReason.IDLE));
        assertEquals(10, link.batching().meanItems());
        assertEquals(7, link.batching().queueItems());
        assertEquals(4, link.wire().ratio());
        assertEquals(0.2, link.cache().hitShare(), 1e-9);
        var service = snapshot.services().get("a");
        assertEquals(0.003, service == null ? 0 : service.latency().mean(), 1e-9);
        var proxy = snapshot.proxies().get("a-0");
        assertEquals("f00", proxy == null ? "" : proxy.version());
        assertEquals("r7", proxy == null ? "" : proxy.revision());
    }

    @Test
    void prometheusTextOfTheSidecarIsUnderstood() throws IOException {
        var writer = PrometheusTextFormatWriter.create();
        scrape(writer, ExpositionFormat.PROMETHEUS, meters, 0);
        traffic(meters);
        meters.config("f00", "r7");
        scrape(writer, ExpositionFormat.PROMETHEUS, meters, 2);
        check(fold());
    }

    @Test
    void openMetricsOfTheSidecarIsUnderstood() throws IOException {
        var writer = OpenMetricsTextFormatWriter.create();
        scrape(writer, ExpositionFormat.OPENMETRICS, meters, 0);
        traffic(meters);
        meters.config("f00", "r7");
        scrape(writer, ExpositionFormat.OPENMETRICS, meters, 2);
        check(fold());
    }

    @Test
    void aRestartOfTheSidecarIsNoJump() throws IOException {
        var writer = PrometheusTextFormatWriter.create();
        traffic(meters);
        traffic(meters);
        scrape(writer, ExpositionFormat.PROMETHEUS, meters, 0);
        var restarted = new SidecarMeters();
        traffic(restarted);
        restarted.config("f00", "r7");
        scrape(writer, ExpositionFormat.PROMETHEUS, restarted, 2);
        check(fold());
    }

    @Test
    void theTracesOfRequestsComeThroughOneForEachRangeOfLatency() throws IOException {
        var writer = new OpenMetricsTextFormatWriter(true, false);
        var format = ExpositionFormat.OPENMETRICS;
        var link = meters.link("a->b");
        long now = NOW.toEpochMilli();
        for (int i = 0; i < 40; i++) {
            link.answered(Path.BATCHED, 12 * MS);
            link.traced(Path.BATCHED, 12 * MS, "%032x".formatted(i + 1), "%016x".formatted(7), now);
        }
        link.answered(Path.PLAIN, 900 * MS);
        link.traced(Path.PLAIN, 900 * MS, "f".repeat(32), "%016x".formatted(9), now + 250);
        scrape(writer, format, meters, 0);
        scrape(writer, format, meters, 2);
        var known = Objects.requireNonNull(fold().link("a->b")).latency().traces();
        assertEquals(
                List.of(
                        new TraceSample(0.012, "%032x".formatted(40), now),
                        new TraceSample(0.9, "f".repeat(32), now + 250)),
                known);
        link.answered(Path.BATCHED, 13 * MS);
        link.traced(Path.BATCHED, 13 * MS, "e".repeat(32), "%016x".formatted(9), now + 900);
        scrape(writer, format, meters, 4);
        var history = new SnapshotHistory();
        history.add(fold());
        var next = Objects.requireNonNull(fold().link("a->b")).latency().traces();
        assertEquals("e".repeat(32), next.getFirst().traceId());
        assertEquals(2, next.size());
        assertEquals(2, history.traces("a->b").size());
    }

    @Test
    void textWithoutExemplarsSaysNothingOfTraces() throws IOException {
        meters.link("a->b").answered(Path.PLAIN, MS);
        meters.link("a->b").traced(Path.PLAIN, MS, "f".repeat(32), "%016x".formatted(9), 1);
        var writer = PrometheusTextFormatWriter.create();
        scrape(writer, ExpositionFormat.PROMETHEUS, meters, 0);
        scrape(writer, ExpositionFormat.PROMETHEUS, meters, 2);
        assertEquals(List.of(), Objects.requireNonNull(fold().link("a->b")).latency().traces());
    }
}
