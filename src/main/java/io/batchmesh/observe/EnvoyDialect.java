package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's statistics of its clusters. Who calls is told by the labels that a scraping server puts
 * on; a cluster is the service of its name, unless it is named as Istio names clusters.
 *
 * <p>Source: envoyproxy.io, "Cluster manager statistics", and the names that {@code
 * /stats/prometheus} of Envoy 1.40 has: the label ends at the first dot of a cluster's name, and
 * what is behind it becomes part of the metric's name.
 */
final class EnvoyDialect extends Dialect {
    private static final List<String> WHO =
            List.of("job", "namespace", "app", "service", "envoy_cluster_name");
    private static final List<String> ANSWERED =
            List.of(
                    "job",
                    "namespace",
                    "app",
                    "service",
                    "envoy_cluster_name",
                    "envoy_response_code");
    private static final String PREFIX = "envoy_cluster_";
    private static final Pattern DOTTED =
            Pattern.compile(
                    "envoy_cluster_[a-z0-9_]+_svc_cluster_local_(upstream_.+|circuit_breakers_.+)");

    /** What an Envoy calls for itself, and what comes in. */
    private static final Set<String> OTHERS =
            Set.of(
                    "agent",
                    "prometheus_stats",
                    "sds-grpc",
                    "xds-grpc",
                    "xds_cluster",
                    "zipkin",
                    "access_log_service",
                    "admin");

    EnvoyDialect() {
        super(
                "Envoy",
                ProxyKind.ENVOY,
                List.of(
                        Question.counter("envoy_cluster_upstream_rq", ANSWERED),
                        Question.millis("envoy_cluster_upstream_rq_time", WHO),
                        Question.counter("envoy_cluster_upstream_rq_retry", WHO),
                        Question.counter("envoy_cluster_upstream_cx_tx_bytes_total", WHO),
                        Question.counter("envoy_cluster_upstream_cx_rx_bytes_total", WHO),
                        Question.gauge("envoy_cluster_upstream_rq_pending_active", WHO),
                        Question.gauge("envoy_cluster_circuit_breakers_default_rq_open", WHO)));
    }

    @Override
    String proxies() {
        return "envoy_server_live";
    }

    @Override
    @Nullable Question question(String metric) {
        var known = super.question(metric);
        return known == null ? super.question(plain(metric)) : known;
    }

    /** The metric's name without what a dotted name of a cluster left in it. */
    private static String plain(String metric) {
        if (!metric.startsWith(PREFIX)) {
            return metric;
        }
        var dotted = DOTTED.matcher(metric);
        return dotted.matches() ? PREFIX + dotted.group(1) : metric;
    }

    @Override
    @Nullable SeriesName own(String metric, Map<String, String> labels, Scene scene) {
        var cluster = labels.getOrDefault("envoy_cluster_name", "");
        var from = scene.caller(labels);
        var callee = Callee.of(cluster, scene);
        if (from.isEmpty() || callee == null || callee.name.equals(from)) {
            return null;
        }
        var link = from + "->" + callee.name;
        return switch (plain(metric)) {
            case "envoy_cluster_upstream_rq" ->
                    requests(link, labels.getOrDefault("envoy_response_code", "0"), callee.subset);
            case "envoy_cluster_upstream_rq_time" -> series(DURATION, link, "path", "plain");
            case "envoy_cluster_upstream_rq_retry" -> series(RETRIES, link, "", null);
            case "envoy_cluster_upstream_rq_pending_active" -> series(QUEUE, link, "", null);
            case "envoy_cluster_circuit_breakers_default_rq_open" ->
                    series(BREAKER, link, "endpoint", cluster);
            default -> series(BYTES, link, "form", "raw");
        };
    }

    private record Callee(String name, String subset) {
        static @Nullable Callee of(String cluster, Scene scene) {
            if (cluster.isEmpty() || OTHERS.contains(cluster)) {
                return null;
            }
            var parts = cluster.split("\\|", -1);
            if (parts.length != 4) {
                var kind = cluster.endsWith("Cluster") ? ServiceKind.EXTERNAL : ServiceKind.SERVICE;
                return new Callee(scene.names().id(cluster, null, kind), "");
            }
            if (!parts[0].equals("outbound")) {
                return null;
            }
            var host = parts[3].replaceFirst(";.*$", "").split("\\.", -1);
            var local = host.length > 2 && host[2].equals("svc");
            var id =
                    local || host.length == 1
                            ? scene.names().id(host[0], local ? host[1] : null, ServiceKind.SERVICE)
                            : scene.names().id(String.join(".", host), null, ServiceKind.EXTERNAL);
            return new Callee(id, parts[2]);
        }
    }
}
