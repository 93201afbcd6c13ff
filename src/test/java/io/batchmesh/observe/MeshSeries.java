package io.batchmesh.observe;

import io.batchmesh.metrics.Points;
import io.batchmesh.metrics.SeriesName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Series as the meshes of several kinds expose them, growing evenly, one sample in five seconds.
 */
public final class MeshSeries {
    static final int STEP_SECONDS = 5;

    public final Map<SeriesName, Points> series = new LinkedHashMap<>();
    private final long end;
    private final int samples;

    /**
     * @param endMillis when the last sample is made
     */
    MeshSeries(long endMillis, int samples) {
        this.end = endMillis;
        this.samples = samples;
    }

    /** A counter that grows by so much a second, and starts far above zero. */
    MeshSeries counter(double perSecond, String metric, String... labels) {
        var points = new Points();
        for (var i = 0; i < samples; i++) {
            var seconds = i * STEP_SECONDS;
            var at = end - (samples - 1 - i) * STEP_SECONDS * 1000L;
            points.add(at * 1_000_000, 100_000 + perSecond * seconds);
        }
        series.put(name(metric, labels), points);
        return this;
    }

    MeshSeries gauge(double value, String metric, String... labels) {
        var points = new Points();
        for (var i = 0; i < samples; i++) {
            points.add((end - (samples - 1 - i) * STEP_SECONDS * 1000L) * 1_000_000, value);
        }
        series.put(name(metric, labels), points);
        return this;
    }

    /** Half of the observations up to the first bound, all of them up to the second. */
    MeshSeries histogram(double perSecond, double first, double second, String base, String... l) {
        counter(perSecond / 2, base + "_bucket", with(l, "le", "" + first));
        counter(perSecond, base + "_bucket", with(l, "le", "" + second));
        counter(perSecond, base + "_bucket", with(l, "le", "+Inf"));
        counter(perSecond * first, base + "_sum", l);
        return counter(perSecond, base + "_count", l);
    }

    private static String[] with(String[] labels, String name, String value) {
        var all = java.util.Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = name;
        all[labels.length + 1] = value;
        return all;
    }

    private static SeriesName name(String metric, String... labels) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return new SeriesName(metric, map);
    }

    /** All of them as OpenMetrics with timestamps, for a real server. */
    String openMetrics() {
        var byMetric = new java.util.TreeMap<String, StringBuilder>();
        series.forEach((name, points) -> {
            var text =
                    byMetric.computeIfAbsent(
                            name.metric(), m -> new StringBuilder("# TYPE " + m + " unknown\n"));
            var labels = new java.util.StringJoiner(",", "{", "}");
            name.labels().forEach((label, value) -> labels.add(label + "=\"" + value + "\""));
            for (var i = 0; i < points.size(); i++) {
                var millis = points.nanos(i) / 1_000_000;
                text.append(name.metric())
                        .append(labels)
                        .append(' ')
                        .append(points.value(i))
                        .append(" %d.%03d\n".formatted(millis / 1000, millis % 1000));
            }
        });
        return String.join("", byMetric.values()) + "# EOF\n";
    }

    /** A bit of every mesh that is known. */
    public static MeshSeries everything(long end, int samples) {
        var s = new MeshSeries(end, samples);
        istio(s, "source", "productpage", "bookinfo", "reviews", "v1", "200", 90);
        istio(s, "source", "productpage", "bookinfo", "reviews", "v2", "503", 10);
        istio(s, "destination", "productpage", "bookinfo", "reviews", "v1", "200", 88);
        istio(s, "destination", "unknown", "unknown", "productpage", "v1", "200", 30);
        String[] who = {
            "reporter", "source", "source_canonical_service", "productpage",
            "source_workload", "productpage-v1", "source_workload_namespace", "bookinfo",
            "destination_service_name", "reviews", "destination_service_namespace", "bookinfo",
            "destination_version", "v1"
        };
        s.histogram(100, 10, 20, "istio_request_duration_milliseconds", who);
        s.histogram(100, 500, 1000, "istio_request_bytes", who);
        String[] linkerd = {
            "direction",
            "outbound",
            "namespace",
            "emojivoto",
            "deployment",
            "web",
            "dst_namespace",
            "emojivoto",
            "dst_deployment",
            "voting"
        };
        s.counter(7, "response_total", with2(linkerd, "status_code", "200", "success"));
        s.counter(3, "response_total", with2(linkerd, "status_code", "200", "failure"));
        s.counter(50, "response_total", "direction", "inbound", "deployment", "voting");
        s.histogram(10, 4, 5, "response_latency_ms", linkerd);
        String[] envoy = {"job", "edge", "instance", "e:9901", "envoy_cluster_name", "orders"};
        s.counter(40, "envoy_cluster_upstream_rq", with(envoy, "envoy_response_code", "200"));
        s.counter(
                9,
                "envoy_cluster_upstream_rq",
                "job",
                "edge",
                "envoy_cluster_name",
                "xds_cluster",
                "envoy_response_code",
                "200");
        s.histogram(40, 25, 50, "envoy_cluster_upstream_rq_time", envoy);
        s.counter(1.5, "envoy_cluster_upstream_rq_retry", envoy);
        s.gauge(1, "envoy_cluster_circuit_breakers_default_rq_open", envoy);
        s.gauge(1, "envoy_server_live", "job", "edge", "instance", "e:9901");
        s.counter(
                5,
                "haproxy_backend_http_responses_total",
                "job",
                "lb",
                "proxy",
                "stock",
                "code",
                "5xx");
        s.counter(
                20,
                "haproxy_backend_http_responses_total",
                "job",
                "lb",
                "proxy",
                "stock",
                "code",
                "2xx");
        own(s);
        return s;
    }

    private static void own(MeshSeries s) {
        String[] link = {"link", "a->b", "instance", "p:1"};
        s.counter(200, "batchmesh_requests_total", with(link, "code", "200"));
        s.histogram(
                200,
                0.01,
                0.02,
                "batchmesh_request_duration_seconds",
                with(link, "path", "batched"));
        s.histogram(
                200,
                0.004,
                0.005,
                "batchmesh_stage_duration_seconds",
                with(link, "stage", "collect"));
        s.counter(200, "batchmesh_stage_items_total", with(link, "stage", "collect"));
        s.counter(25, "batchmesh_batches_total", with(link, "reason", "linger"));
        s.counter(4000, "batchmesh_wire_bytes_total", with(link, "form", "raw"));
        s.counter(1000, "batchmesh_wire_bytes_total", with(link, "form", "compressed"));
        s.gauge(12, "batchmesh_queue_items", link);
        s.gauge(
                1,
                "batchmesh_config_info",
                "instance",
                "p:1",
                "job",
                "a",
                "version",
                "v9",
                "revision",
                "3");
        s.counter(
                0.25,
                "batchmesh_cpu_seconds_total",
                "instance",
                "p:1",
                "job",
                "a",
                "activity",
                "proxy");
    }

    private static String[] with2(String[] labels, String name, String value, String class_) {
        return with(with(labels, name, value), "classification", class_);
    }

    private static void istio(
            MeshSeries s,
            String reporter,
            String from,
            String namespace,
            String to,
            String version,
            String code,
            double rate) {
        s.counter(
                rate,
                "istio_requests_total",
                "reporter",
                reporter,
                "source_canonical_service",
                from,
                "source_workload",
                from.equals("unknown") ? from : from + "-v1",
                "source_workload_namespace",
                namespace,
                "destination_service_name",
                to,
                "destination_service_namespace",
                "bookinfo",
                "destination_version",
                version,
                "response_code",
                code,
                "pod",
                reporter + from);
    }
}
