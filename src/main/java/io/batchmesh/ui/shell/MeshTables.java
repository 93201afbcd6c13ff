package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ServiceMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.Selection;
import io.batchmesh.ui.plot.Measure;
import io.batchmesh.ui.theme.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All that a snapshot says, as tables. */
enum MeshTables {
    LINKS("Links") {
        @Override
        DataTable of(MeshSnapshot seen) {
            var rows = seen.links().values().stream().map(MeshTables::link).toList();
            return new DataTable(LINK, rows);
        }
    },
    SERVICES("Services") {
        @Override
        DataTable of(MeshSnapshot seen) {
            var rows = seen.services().values().stream().map(MeshTables::service).toList();
            return new DataTable(SERVICE, rows);
        }
    },
    PROXIES("Proxies") {
        @Override
        DataTable of(MeshSnapshot seen) {
            var rows = seen.proxies().values().stream().map(MeshTables::proxy).toList();
            return new DataTable(PROXY, rows);
        }
    },
    STAGES("Stages by link") {
        @Override
        DataTable of(MeshSnapshot seen) {
            var rows = new ArrayList<DataTable.Row>();
            seen.links().values().stream()
                    .filter(link -> link.breakdown().present())
                    .forEach(link -> stages(link, rows));
            return new DataTable(STAGE, rows);
        }
    };

    private static final List<DataTable.Column> LINK =
            List.of(
                    DataTable.Column.words("link"),
                    number("requests", Measure.RATE),
                    number("errors", Measure.SMALL_SHARE),
                    number("mean", Measure.LATENCY),
                    number("p50", Measure.LATENCY),
                    number("p95", Measure.LATENCY),
                    number("p99", Measure.LATENCY),
                    number("in batches", Measure.RATE),
                    number("batches", Measure.RATE),
                    number("items/batch", Measure.COUNT),
                    number("waiting", Measure.COUNT),
                    number("unexplained", Measure.LATENCY),
                    number("raw", Measure.BYTE_RATE),
                    number("sent", Measure.BYTE_RATE),
                    number("raw:sent", Measure.COUNT),
                    number("cache hits", Measure.SHARE),
                    number("retries", Measure.RATE),
                    number("shed", Measure.RATE),
                    number("breakers open", Measure.COUNT),
                    number("unhealthy", Measure.COUNT),
                    DataTable.Column.words("flushed by"),
                    DataTable.Column.words("answers"),
                    DataTable.Column.words("slowest trace"));
    private static final List<DataTable.Column> SERVICE =
            List.of(
                    DataTable.Column.words("service"),
                    number("requests", Measure.RATE),
                    number("errors", Measure.SMALL_SHARE),
                    number("mean", Measure.LATENCY),
                    number("p50", Measure.LATENCY),
                    number("p95", Measure.LATENCY),
                    number("p99", Measure.LATENCY),
                    number("proxies", Measure.COUNT),
                    DataTable.Column.words("answers"));
    private static final List<DataTable.Column> PROXY =
            List.of(
                    DataTable.Column.words("proxy"),
                    DataTable.Column.words("service"),
                    DataTable.Column.words("state"),
                    number("requests", Measure.RATE),
                    number("errors", Measure.SMALL_SHARE),
                    number("p99", Measure.LATENCY),
                    number("saturation", Measure.SHARE),
                    number("monitor", Measure.CORES),
                    number("manage", Measure.CORES),
                    number("retries", Measure.RATE),
                    number("waiting", Measure.COUNT),
                    number("breakers open", Measure.COUNT),
                    DataTable.Column.words("runs"),
                    DataTable.Column.words("why not live"));
    private static final List<DataTable.Column> STAGE =
            List.of(
                    DataTable.Column.words("link"),
                    DataTable.Column.words("stage"),
                    number("items", Measure.RATE),
                    number("mean", Measure.LATENCY),
                    number("p50", Measure.LATENCY),
                    number("p95", Measure.LATENCY),
                    number("p99", Measure.LATENCY),
                    number("of the mean", Measure.SHARE));

    private final String label;

    MeshTables(String label) {
        this.label = label;
    }

    /** What its rows are. */
    String label() {
        return label;
    }

    abstract DataTable of(MeshSnapshot seen);

    private static DataTable.Column number(String name, Measure measure) {
        return new DataTable.Column(name, measure);
    }

    private static Selection selection(String link) {
        var id = LinkId.parse(link);
        return id == null ? Selection.NONE : Selection.of(id);
    }

    private static DataTable.Row link(LinkMetrics link) {
        var all = link.latency().all();
        var batching = link.batching();
        return new DataTable.Row(
                link.link(),
                selection(link.link()),
                List.of(
                        link.link(),
                        link.requestsPerSecond(),
                        link.errorShare(),
                        all.mean(),
                        all.p50(),
                        all.p95(),
                        all.p99(),
                        batching.itemsPerSecond(),
                        batching.batchesPerSecond(),
                        batching.meanItems(),
                        batching.queueItems(),
                        link.breakdown().unexplainedMean(),
                        link.wire().rawBytesPerSecond(),
                        link.wire().compressedBytesPerSecond(),
                        link.wire().ratio(),
                        link.cache().hitShare(),
                        link.traffic().retriesPerSecond(),
                        link.traffic().shedPerSecond(),
                        (double) link.traffic().openBreakers().size(),
                        (double) link.traffic().unhealthy().size(),
                        batching.flushesPerSecond().entrySet().stream()
                                .filter(e -> e.getValue() > 0)
                                .map(e -> e.getKey().label() + " " + perSecond(e.getValue()))
                                .collect(Collectors.joining(", ")),
                        codes(link.traffic().codesPerSecond()),
                        slowest(link)));
    }

    /** Of the requests whose traces are known the one that took longest. */
    private static String slowest(LinkMetrics link) {
        return link.latency().traces().stream()
                .max(Comparator.comparingDouble(TraceSample::seconds))
                .map(t -> Formats.latency(t.seconds()) + " " + t.traceId())
                .orElse("");
    }

    private static DataTable.Row service(ServiceMetrics service) {
        var time = service.latency();
        return new DataTable.Row(
                service.service(),
                Selection.of(new ServiceId(service.service())),
                List.of(
                        service.service(),
                        service.requestsPerSecond(),
                        service.errorShare(),
                        time.mean(),
                        time.p50(),
                        time.p95(),
                        time.p99(),
                        (double) service.proxies(),
                        codes(service.codesPerSecond())));
    }

    private static DataTable.Row proxy(ProxyMetrics proxy) {
        var cores = proxy.cpuCores();
        var version = proxy.version() == null ? "" : proxy.version();
        return new DataTable.Row(
                proxy.proxy(),
                proxy.service().isEmpty()
                        ? Selection.NONE
                        : Selection.of(new ServiceId(proxy.service())),
                List.of(
                        proxy.proxy(),
                        proxy.service(),
                        proxy.state().name().toLowerCase(Locale.ROOT),
                        proxy.load().requestsPerSecond(),
                        proxy.load().errorShare(),
                        proxy.load().p99(),
                        cores.getOrDefault(Activity.PROXY, Double.NaN),
                        cores.getOrDefault(Activity.MONITOR, Double.NaN),
                        cores.getOrDefault(Activity.MANAGE, Double.NaN),
                        proxy.load().retriesPerSecond(),
                        proxy.load().queueItems(),
                        proxy.load().openBreakers(),
                        version.substring(0, Math.min(12, version.length())),
                        proxy.reason() == null ? "" : proxy.reason()));
    }

    private static void stages(LinkMetrics link, List<DataTable.Row> rows) {
        double whole = link.latency().batched().mean();
        for (var stage : Stage.values()) {
            var metrics = link.stage(stage);
            var time = metrics.latency();
            rows.add(
                    new DataTable.Row(
                            link.link() + " " + stage.label(),
                            selection(link.link()),
                            List.of(
                                    link.link(),
                                    stage.label(),
                                    metrics.itemsPerSecond(),
                                    time.mean(),
                                    time.p50(),
                                    time.p95(),
                                    time.p99(),
                                    whole > 0 ? time.mean() / whole : Double.NaN)));
        }
    }

    private static String codes(Map<String, Double> codes) {
        return codes.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getKey() + " " + perSecond(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String perSecond(double rate) {
        return Measure.RATE.worded(rate);
    }
}
