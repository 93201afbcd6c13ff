package io.batchmesh.proxy.meter;

import io.batchmesh.proxy.meter.Families.Name;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Shows the meters of a sidecar under the names that outsiders hold on to. */
final class Exposition implements MultiCollector {
    private static final Name REQUESTS =
            new Name("batchmesh_requests", "Requests that were answered or given up.");
    private static final Name DURATION =
            new Name(
                    "batchmesh_request_duration_seconds",
                    "Complete request head to last reply byte written.");
    private static final Name STAGE =
            new Name("batchmesh_stage_duration_seconds", "Time of a batched request in a stage.");
    private static final Name STAGE_ITEMS =
            new Name("batchmesh_stage_items", "Requests that really passed a stage.");
    private static final Name SEND = new Name("batchmesh_send_seconds", "Parts of the send stage.");
    private static final Name BATCHES =
            new Name("batchmesh_batches", "Batches by the reason of their flush.");
    private static final Name BATCH_ITEMS =
            new Name("batchmesh_batch_items", "Requests in a batch.");
    private static final Name WIRE =
            new Name("batchmesh_wire_bytes", "Bytes of frames, before and after compression.");
    private static final Name CACHE =
            new Name("batchmesh_cache_requests", "Requests by what the cache had.");
    private static final Name QUEUE =
            new Name("batchmesh_queue_items", "Requests that wait in batch queues.");
    private static final Name SHED =
            new Name("batchmesh_shed", "Requests refused because a bound was reached.");
    private static final Name RETRIES = new Name("batchmesh_retries", "Requests sent again.");
    private static final Name BREAKER =
            new Name("batchmesh_breaker_open", "Whether an endpoint is left out.");
    private static final Name EJECTIONS =
            new Name("batchmesh_endpoint_ejections", "Times that an endpoint was left out.");
    private static final Name HEALTHY =
            new Name("batchmesh_endpoint_healthy", "Whether an endpoint passes its checks.");
    private static final Name CHECKS =
            new Name("batchmesh_health_checks", "Health checks by what came of them.");
    private static final Name PANICS =
            new Name("batchmesh_panics", "Requests for which no endpoint was fit.");
    private static final Name INFO = new Name("batchmesh_config_info", "The config that runs.");
    private static final Name OVERRIDE =
            new Name("batchmesh_override_active", "What somebody switched by hand.");
    private static final Name SPANS =
            new Name("batchmesh_trace_spans", "Spans by what became of them.");
    private static final Name CPU =
            new Name("batchmesh_cpu_seconds", "CPU time of threads by what it was for.");
    private static final Name IN_REQUESTS =
            new Name("batchmesh_inbound_requests", "Requests of peers.");
    private static final Name IN_DURATION =
            new Name(
                    "batchmesh_inbound_request_duration_seconds",
                    "From the last byte of a peer's request to the first of its reply.");
    private static final Name IN_BULK =
            new Name("batchmesh_inbound_bulk_items", "Requests that went to the service as one.");

    private static final Name TLS_EXPIRY =
            new Name(
                    "batchmesh_tls_certificate_expiry_timestamp_seconds",
                    "When the own certificate expires, in seconds since 1970.");
    private static final Name TLS_HANDSHAKES =
            new Name("batchmesh_tls_handshakes", "TLS handshakes by what they came to.");
    private static final Name TLS_RELOADS =
            new Name("batchmesh_tls_reloads", "Changed certificate files by what they came to.");

    private final SidecarMeters meters;

    Exposition(SidecarMeters meters) {
        this.meters = meters;
    }

    @Override
    public MetricSnapshots collect() {
        var families = new Families();
        var info = meters.config();
        families.gauge(
                INFO,
                1,
                Labels.of(
                        "version",
                        info.version(),
                        "revision",
                        info.revision() == null ? "" : info.revision()));
        for (var entry : meters.overrides()) {
            families.gauge(
                    OVERRIDE,
                    1,
                    Labels.of("kind", entry.kind().label(), "subject", entry.subject()));
        }
        var traces = meters.traces();
        if (traces.used()) {
            families.counter(SPANS, traces.exported().get(), Labels.of("result", "exported"));
            families.counter(SPANS, traces.droppedSpans().get(), Labels.of("result", "dropped"));
            families.counter(SPANS, traces.failedSpans().get(), Labels.of("result", "failed"));
        }
        var cpu = meters.cpu();
        families.counter(CPU, cpu.proxySeconds(), Labels.of("activity", "proxy"));
        families.counter(CPU, cpu.monitorSeconds(), Labels.of("activity", "monitor"));
        families.counter(CPU, cpu.manageSeconds(), Labels.of("activity", "manage"));
        meters.links().values().forEach(link -> link(families, link));
        inbound(families);
        tls(families);
        return families.snapshots();
    }

    private void tls(Families families) {
        var tls = meters.tls();
        var expiry = tls.expirySeconds();
        if (expiry != null) {
            families.gauge(TLS_EXPIRY, expiry, Labels.EMPTY);
            families.counter(TLS_RELOADS, tls.reloads(), Labels.of("result", "ok"));
            families.counter(TLS_RELOADS, tls.failedReloads(), Labels.of("result", "failed"));
        }
        tls.handshakes()
                .forEach((kind, count) ->
                        families.counter(
                                TLS_HANDSHAKES,
                                count.get(),
                                Labels.of("side", kind.side(), "result", kind.result())));
    }

    private void inbound(Families families) {
        var in = meters.inbound();
        in.requests()
                .forEach((code, count) ->
                        families.counter(
                                IN_REQUESTS, count.get(), Labels.of("code", String.valueOf(code))));
        families.histogram(IN_DURATION, in.durations(), Labels.EMPTY);
        families.histogram(IN_BULK, in.bulkItems(), Labels.EMPTY);
    }

    private static void link(Families families, LinkMeters link) {
        var name = link.link();
        var bare = Labels.of("link", name);
        link.requests()
                .forEach((key, count) ->
                        families.counter(
                                REQUESTS,
                                count.get(),
                                Labels.of(
                                        "link",
                                        name,
                                        "route",
                                        key.route(),
                                        "subset",
                                        key.subset(),
                                        "code",
                                        String.valueOf(key.code()))));
        link.durations()
                .forEach((p, h) -> families.histogram(DURATION, h, bare.add("path", p.label())));
        link.cacheResults()
                .forEach((r, c) -> families.counter(CACHE, c.get(), bare.add("result", r.label())));
        link.sheds()
                .forEach((s, c) -> families.counter(SHED, c.get(), bare.add("cause", s.label())));
        families.counter(RETRIES, link.retries(), bare);
        link.breakers()
                .forEach((endpoint, open) ->
                        families.gauge(BREAKER, open ? 1 : 0, bare.add("endpoint", endpoint)));
        families.counter(PANICS, link.panics().get(), bare);
        link.endpoints()
                .forEach((address, endpoint) ->
                        endpoint(families, endpoint, bare.add("endpoint", address)));
        batching(families, link, bare);
    }

    private static void endpoint(Families families, EndpointMeters endpoint, Labels labels) {
        families.counter(EJECTIONS, endpoint.ejections(), labels);
        var healthy = endpoint.healthy();
        if (healthy != null) {
            families.gauge(HEALTHY, healthy ? 1 : 0, labels);
            families.counter(CHECKS, endpoint.passed(), labels.add("result", "passed"));
            families.counter(CHECKS, endpoint.failed(), labels.add("result", "failed"));
        }
    }

    private static void batching(Families families, LinkMeters link, Labels bare) {
        link.stages().forEach((s, h) -> families.histogram(STAGE, h, bare.add("stage", s.label())));
        link.stageItems()
                .forEach((s, c) ->
                        families.counter(STAGE_ITEMS, c.get(), bare.add("stage", s.label())));
        link.parts().forEach((p, h) -> families.histogram(SEND, h, bare.add("part", p.label())));
        link.batches()
                .forEach((r, c) ->
                        families.counter(BATCHES, c.get(), bare.add("reason", r.label())));
        families.histogram(BATCH_ITEMS, link.batchItems(), bare);
        families.gauge(QUEUE, link.queuedItems(), bare);
        var wire = link.wire();
        families.counter(WIRE, wire.rawOut.get(), wireLabels(bare, "out", "raw"));
        families.counter(WIRE, wire.wireOut.get(), wireLabels(bare, "out", "compressed"));
        families.counter(WIRE, wire.rawIn.get(), wireLabels(bare, "in", "raw"));
        families.counter(WIRE, wire.wireIn.get(), wireLabels(bare, "in", "compressed"));
    }

    private static Labels wireLabels(Labels bare, String direction, String form) {
        return bare.add("direction", direction).add("form", form);
    }
}
