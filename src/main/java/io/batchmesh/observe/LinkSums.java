package io.batchmesh.observe;

import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.StageMetrics;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.metrics.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the proxies of its calling service report of one link, added up. */
final class LinkSums {
    private final String link;
    private Instant seenAt = Instant.EPOCH;
    private double requests = Double.NaN;
    private double errors = Double.NaN;
    private double shed = Double.NaN;
    private double retries = Double.NaN;
    private double queue = Double.NaN;
    private double batchedItems = Double.NaN;
    private HistogramSnapshot batchItems = HistogramSnapshot.EMPTY;
    private final List<String> openBreakers = new ArrayList<>();
    private final Map<String, Double> bySubset = new TreeMap<>();
    private final Map<String, Double> byCode = new TreeMap<>();
    private double ejections = Double.NaN;
    private final List<String> unhealthy = new ArrayList<>();
    private final Map<String, Double> byReason = new TreeMap<>();
    private final Map<String, Double> byCacheResult = new TreeMap<>();
    private final Map<String, Double> bytesByForm = new TreeMap<>();
    private final Map<String, Double> itemsByStage = new TreeMap<>();
    private final Map<String, HistogramSnapshot> durationByPath = new TreeMap<>();
    private final Map<String, HistogramSnapshot> durationByStage = new TreeMap<>();
    private final Map<String, HistogramSnapshot> durationByPart = new TreeMap<>();

    private final Map<Integer, TraceSample> traces = new TreeMap<>();

    LinkSums(String link) {
        this.link = link;
    }

    void counter(TargetRates.Value rate, Instant seen) {
        seen(seen);
        var value = rate.value();
        switch (rate.series().metric()) {
            case "batchmesh_requests_total" -> {
                requests = Total.add(requests, value);
                errors = Total.add(errors, Codes.isError(rate.series()) ? value : 0);
                add(bySubset, rate, "subset");
                add(byCode, rate, "code");
            }
            case "batchmesh_stage_items_total" -> add(itemsByStage, rate, "stage");
            case "batchmesh_batches_total" -> add(byReason, rate, "reason");
            case "batchmesh_wire_bytes_total" -> add(bytesByForm, rate, "form");
            case "batchmesh_cache_requests_total" -> add(byCacheResult, rate, "result");
            case "batchmesh_endpoint_ejections_total" -> ejections = Total.add(ejections, value);
            case "batchmesh_shed_total" -> shed = Total.add(shed, value);
            case "batchmesh_retries_total" -> retries = Total.add(retries, value);
            default -> {}
        }
    }

    void gauge(TargetRates.Value gauge, Instant seen) {
        seen(seen);
        switch (gauge.series().metric()) {
            case "batchmesh_queue_items" -> queue = Total.add(queue, gauge.value());
            case "batchmesh_breaker_open" -> {
                if (gauge.value() > 0) {
                    endpoint(openBreakers, gauge);
                }
            }
            case "batchmesh_endpoint_healthy" -> {
                if (gauge.value() == 0) {
                    endpoint(unhealthy, gauge);
                }
            }
            default -> {}
        }
    }

    private static void endpoint(List<String> endpoints, TargetRates.Value gauge) {
        var endpoint = gauge.series().label("endpoint");
        if (endpoint != null && !endpoints.contains(endpoint)) {
            endpoints.add(endpoint);
        }
    }

    void histogram(TargetRates.Histogram histogram, double seconds, Instant seen) {
        seen(seen);
        switch (histogram.metric()) {
            case "batchmesh_request_duration_seconds" -> merge(durationByPath, histogram, "path");
            case "batchmesh_stage_duration_seconds" -> merge(durationByStage, histogram, "stage");
            case "batchmesh_send_seconds" -> merge(durationByPart, histogram, "part");
            case "batchmesh_batch_items" -> {
                batchItems = batchItems.plus(histogram.increase());
                batchedItems = Total.add(batchedItems, histogram.increase().sum() / seconds);
            }
            default -> {}
        }
    }

    /** The last one of each range of latency is kept. */
    void trace(TraceSample sample) {
        traces.merge(
                Traces.range(sample.seconds()),
                sample,
                (one, other) -> other.millis() > one.millis() ? other : one);
    }

    LinkMetrics build() {
        var latency = latency();
        var stages = stages(latency.batched());
        return new LinkMetrics(
                link,
                seenAt,
                new LinkTraffic(
                        requests,
                        errors,
                        shed,
                        retries,
                        bySubset,
                        openBreakers.stream().sorted().toList(),
                        byCode,
                        ejections,
                        unhealthy.stream().sorted().toList()),
                latency,
                stages,
                batching(),
                new Wire(
                        bytesByForm.getOrDefault("raw", Double.NaN),
                        bytesByForm.getOrDefault("compressed", Double.NaN)),
                CacheUse.of(byCacheResult));
    }

    /** Requests that were shed at once would make the others look fast, so they do not count. */
    private LinkLatency latency() {
        var all = HistogramSnapshot.EMPTY;
        var byPath = new TreeMap<String, Latency>();
        for (var path : durationByPath.entrySet()) {
            byPath.put(path.getKey(), Latency.of(path.getValue()));
            if (!path.getKey().equals("shed")) {
                all = all.plus(path.getValue());
            }
        }
        var batched = byPath.getOrDefault("batched", Latency.NONE);
        var known = List.copyOf(traces.values());
        return new LinkLatency(Latency.of(all), batched, byPath, all, known);
    }

    private StageBreakdown stages(Latency batched) {
        var stages = new EnumMap<Stage, StageMetrics>(Stage.class);
        for (var stage : Stage.values()) {
            var duration = durationByStage.get(stage.label());
            stages.put(
                    stage,
                    new StageMetrics(
                            stage,
                            itemsByStage.getOrDefault(stage.label(), Double.NaN),
                            duration == null ? Latency.NONE : Latency.of(duration)));
        }
        var parts = new EnumMap<SendPart, Latency>(SendPart.class);
        durationByPart.forEach((label, duration) ->
                SendPart.of(label).ifPresent(part -> parts.put(part, Latency.of(duration))));
        return StageBreakdown.of(stages, parts, batched);
    }

    private Batching batching() {
        var reasons = new EnumMap<FlushReason, Double>(FlushReason.class);
        byReason.forEach((label, rate) ->
                FlushReason.of(label).ifPresent(reason -> reasons.put(reason, rate)));
        var items =
                Double.isNaN(batchedItems)
                        ? itemsByStage.getOrDefault(Stage.COLLECT.label(), Double.NaN)
                        : batchedItems;
        return new Batching(items, Total.of(byReason), batchItems.mean(), reasons, queue);
    }

    private void seen(Instant seen) {
        seenAt = seen.isAfter(seenAt) ? seen : seenAt;
    }

    private static void add(Map<String, Double> sums, TargetRates.Value rate, String label) {
        var key = rate.series().label(label);
        if (key != null && !key.isEmpty()) {
            sums.merge(key, rate.value(), Double::sum);
        }
    }

    private static void merge(
            Map<String, HistogramSnapshot> sums, TargetRates.Histogram histogram, String label) {
        var key = histogram.labels().get(label);
        if (key != null && !key.isEmpty()) {
            sums.merge(key, histogram.increase(), HistogramSnapshot::plus);
        }
    }
}
