package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.Points;
import io.batchmesh.metrics.PrometheusVersion;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.RangeWindow;
import io.batchmesh.metrics.Scrape;
import io.batchmesh.metrics.SeriesName;
import io.batchmesh.metrics.SeriesTable;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data that nobody here made up: scrapes of a real Envoy, HAProxy and Prometheus under load, held
 * against what a Prometheus server computed from them.
 */
class RecordedSeriesTest {
    private final ServiceNames names = new ServiceNames();

    /** What to ask a server about a recording, by what it is called in {@code expected.json}. */
    static Map<String, String> queries(String name, RecordedSeries recorded) {
        var span = "[" + (recorded.last() - recorded.first()) + "ms]";
        var queries = new TreeMap<String, String>();
        switch (name) {
            case "envoy" -> {
                envoy(queries, "reviews", "envoy_cluster_", "reviews", span);
                envoy(queries, "details", "envoy_cluster_", "details", span);
                envoy(
                        queries,
                        "ratings",
                        "envoy_cluster_bookinfo_svc_cluster_local_",
                        "outbound|9080|v1|ratings",
                        span);
                queries.put(
                        "reviews retries",
                        "rate(envoy_cluster_upstream_rq_retry{envoy_cluster_name=\"reviews\"}"
                                + span
                                + ")");
            }
            case "haproxy" -> {
                haproxy(queries, "orders", span);
                haproxy(queries, "stock", span);
            }
            default -> {
                var base = "prometheus_http_request_duration_seconds_bucket{handler=\"/metrics\"}";
                queries.put("p50", "histogram_quantile(0.5, rate(" + base + span + "))");
                queries.put("p99", "histogram_quantile(0.99, rate(" + base + span + "))");
                queries.put(
                        "samples",
                        "sum(rate(prometheus_tsdb_head_samples_appended_total" + span + "))");
            }
        }
        return queries;
    }

    private static void envoy(
            Map<String, String> queries, String key, String prefix, String cluster, String span) {
        var who = "envoy_cluster_name=\"" + cluster + "\"";
        var all = prefix + "upstream_rq{" + who + "}" + span;
        var bad = prefix + "upstream_rq{" + who + ",envoy_response_code=~\"5..\"}" + span;
        var time = prefix + "upstream_rq_time_";
        queries.put(key + " rate", "sum(rate(" + all + "))");
        queries.put(key + " errors", "sum(rate(" + bad + ")) / sum(rate(" + all + "))");
        for (var q : List.of("0.5", "0.95", "0.99")) {
            queries.put(
                    key + " q" + q,
                    "histogram_quantile(%s, rate(%sbucket{%s}%s)) / 1000"
                            .formatted(q, time, who, span));
        }
        queries.put(
                key + " mean",
                "rate(%ssum{%s}%s) / rate(%scount{%s}%s) / 1000"
                        .formatted(time, who, span, time, who, span));
    }

    private static void haproxy(Map<String, String> queries, String backend, String span) {
        var who = "proxy=\"" + backend + "\"";
        var metric = "haproxy_backend_http_responses_total";
        var all = metric + "{" + who + "}" + span;
        var bad = metric + "{" + who + ",code=\"5xx\"}" + span;
        queries.put(backend + " rate", "sum(rate(" + all + "))");
        queries.put(backend + " errors", "sum(rate(" + bad + ")) / sum(rate(" + all + "))");
        queries.put(
                backend + " bytes",
                "sum(rate(haproxy_backend_bytes_in_total{%s}%s))".formatted(who, span)
                        + " + sum(rate(haproxy_backend_bytes_out_total{%s}%s))"
                                .formatted(who, span));
    }

    private static Map<String, Double> expected(String name) {
        var root = JsonMapper.shared().readTree(RecordedSeries.open("recorded/expected.json"));
        var numbers = new TreeMap<String, Double>();
        root.get(name)
                .propertyStream()
                .forEach(e -> numbers.put(e.getKey(), e.getValue().asDouble()));
        return numbers;
    }

    private static void assertAgree(String name, Map<String, Double> seen) {
        var expected = expected(name);
        assertEquals(expected.keySet(), seen.keySet());
        expected.forEach((key, value) ->
                assertEquals(value, seen.get(key), Math.abs(value) * 1e-9, name + ", " + key));
    }

    /** As a proxy that is scraped directly is read. */
    private MeshSnapshot seen(String name, String caller) {
        var window =
                new Window(
                        20,
                        Duration.ofMinutes(1),
                        ExpositionLimits.DEFAULT,
                        new Dialect.Scene(caller, names));
        var recorded = RecordedSeries.of(name);
        for (var scrape : recorded.scrapes()) {
            var bytes = scrape.bytes();
            var at = scrape.millis() * 1_000_000;
            assertEquals(
                    Optional.empty(),
                    window.add(bytes, bytes.length, ExpositionFormat.PROMETHEUS, at));
        }
        var at = Instant.ofEpochMilli(recorded.last());
        var target = new ScrapeTarget(caller + "-1", caller, URI.create("http://127.0.0.1:1/"));
        return Folder.fold(
                at, List.of(new TargetView(target, ProxyState.LIVE, at, null, window.rates())));
    }

    private static void put(Map<String, Double> seen, MeshSnapshot snapshot, String key, String l) {
        var link = snapshot.link(l);
        assertNotNull(link, () -> l + " in " + snapshot.links().keySet());
        seen.put(key + " rate", link.requestsPerSecond());
        seen.put(key + " errors", link.errorShare());
        if (link.latency().all().present()) {
            var latency = link.latency().all();
            seen.put(key + " q0.5", latency.p50());
            seen.put(key + " q0.95", latency.p95());
            seen.put(key + " q0.99", latency.p99());
            seen.put(key + " mean", latency.mean());
        } else {
            seen.put(key + " bytes", link.wire().rawBytesPerSecond());
        }
    }

    @Test
    void theLinksOfAnEnvoyAreWhatAPrometheusServerSaysTheyAre() {
        var snapshot = seen("envoy", "productpage");
        var numbers = new TreeMap<String, Double>();
        for (var callee : List.of("reviews", "details", "ratings")) {
            put(numbers, snapshot, callee, "productpage->" + callee);
        }
        var reviews = snapshot.link("productpage->reviews");
        assertNotNull(reviews);
        numbers.put("reviews retries", reviews.traffic().retriesPerSecond());
        assertAgree("envoy", numbers);
        var ratings = snapshot.link("productpage->ratings");
        assertNotNull(ratings);
        assertEquals(Set.of("v1"), ratings.traffic().splitPerSecond().keySet());
        assertTrue(ratings.wire().rawBytesPerSecond() > 0);
    }

    @Test
    void theLinksOfAHaproxyAreWhatAPrometheusServerSaysTheyAre() {
        var snapshot = seen("haproxy", "shop");
        var numbers = new TreeMap<String, Double>();
        put(numbers, snapshot, "orders", "shop->orders");
        put(numbers, snapshot, "stock", "shop->stock");
        assertAgree("haproxy", numbers);
    }

    @Test
    void theRatesAndQuantilesOfAPrometheusServerAreWhatItSaysOfItself() {
        var recorded = RecordedSeries.of("prometheus");
        var window =
                new RangeWindow(
                        PrometheusVersion.V2,
                        recorded.first() * 1_000_000,
                        recorded.last() * 1_000_000);
        var buckets = new TreeMap<Double, Double>();
        var numbers = new TreeMap<String, Double>();
        recorded.series()
                .forEach((name, points) -> {
                    if (name.metric().equals("prometheus_http_request_duration_seconds_bucket")
                            && "/metrics".equals(name.label("handler"))) {
                        var le = String.valueOf(name.label("le")).replace("+Inf", "Infinity");
                        buckets.put(Double.parseDouble(le), window.rate(points));
                    } else if (name.metric()
                            .equals("prometheus_tsdb_head_samples_appended_total")) {
                        numbers.merge("samples", window.rate(points), Double::sum);
                    }
                });
        var histogram =
                HistogramSnapshot.of(
                        buckets.keySet().stream().mapToDouble(b -> b).toArray(),
                        buckets.values().stream().mapToDouble(b -> b).toArray(),
                        0);
        numbers.put("p50", histogram.quantile(0.5, PrometheusVersion.V2));
        numbers.put("p99", histogram.quantile(0.99, PrometheusVersion.V2));
        assertAgree("prometheus", numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "haproxy", "prometheus"})
    void everySampleOfEveryScrapeIsRead(String name) {
        var recorded = RecordedSeries.of(name);
        var table = new SeriesTable(ExpositionLimits.DEFAULT);
        var scrape = new Scrape(table);
        Map<SeriesName, Points> series = recorded.series();
        assertEquals(10, recorded.scrapes().size());
        for (var scraped : recorded.scrapes()) {
            var bytes = scraped.bytes();
            var failure = scrape.read(bytes, bytes.length, ExpositionFormat.PROMETHEUS);
            assertEquals(Optional.empty(), failure);
            assertEquals(RecordedSeries.samples(scraped), scrape.samples());
            assertEquals(0, scrape.duplicates());
        }
        assertTrue(series.size() >= scrape.samples(), "series: " + series.size());
    }

    @Test
    void aTopologyIsDrawnFromARealEnvoy() {
        var snapshot = seen("envoy", "productpage");
        var merged = Discovery.merged(Topology.empty("found"), snapshot, names);
        assertEquals(
                Set.of("productpage", "reviews", "details", "ratings"),
                merged.services().keySet().stream()
                        .map(ServiceId::name)
                        .collect(Collectors.toSet()));
        assertNotNull(merged.link(LinkId.of("productpage", "ratings")));
        var proxy = merged.proxies().get(new ProxyId("productpage-1"));
        assertNotNull(proxy);
        assertEquals(ProxyKind.ENVOY, proxy.kind());
    }
}
