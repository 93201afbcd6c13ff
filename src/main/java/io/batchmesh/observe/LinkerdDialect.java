package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;
import io.batchmesh.model.ProxyKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Linkerd's proxies, the outbound side. Latency is to the first byte of the reply. The workload's
 * own labels are those that Linkerd's Prometheus puts on them.
 *
 * <p>Source: linkerd.io/2.19/reference/proxy-metrics.
 */
final class LinkerdDialect extends Dialect {
    private static final String OUTBOUND = "direction=\"outbound\"";
    private static final List<String> WHO =
            List.of(
                    "direction",
                    "namespace",
                    "deployment",
                    "statefulset",
                    "daemonset",
                    "dst_namespace",
                    "dst_deployment",
                    "dst_statefulset",
                    "dst_daemonset",
                    "dst_service",
                    "authority");
    private static final List<String> ANSWERED =
            List.of(
                    "direction",
                    "namespace",
                    "deployment",
                    "statefulset",
                    "daemonset",
                    "dst_namespace",
                    "dst_deployment",
                    "dst_statefulset",
                    "dst_daemonset",
                    "dst_service",
                    "authority",
                    "status_code",
                    "classification");

    LinkerdDialect() {
        super(
                "Linkerd",
                ProxyKind.LINKERD,
                List.of(
                        Question.counter("response_total", ANSWERED, OUTBOUND),
                        Question.millis("response_latency_ms", WHO, OUTBOUND)));
    }

    @Override
    String proxies() {
        return "";
    }

    @Override
    @Nullable SeriesName own(String metric, Map<String, String> labels, Scene scene) {
        if (!labels.getOrDefault("direction", "").equals("outbound")) {
            return null;
        }
        var from =
                scene.caller().isEmpty()
                        ? scene.service(
                                labels,
                                blankToNull(labels.get("namespace")),
                                "deployment",
                                "statefulset",
                                "daemonset")
                        : scene.caller();
        var to = callee(labels, scene);
        if (from.isEmpty() || to.isEmpty()) {
            return null;
        }
        var link = from + "->" + to;
        return metric.equals("response_total")
                ? requests(link, code(labels), null)
                : series(DURATION, link, "path", "plain");
    }

    private static String callee(Map<String, String> labels, Scene scene) {
        var namespace = blankToNull(labels.get("dst_namespace"));
        var known =
                scene.service(
                        labels,
                        namespace,
                        "dst_deployment",
                        "dst_statefulset",
                        "dst_daemonset",
                        "dst_service");
        if (!known.isEmpty()) {
            return known;
        }
        var host = labels.getOrDefault("authority", "").replaceFirst(":\\d+$", "");
        return host.isEmpty() ? "" : scene.service(Map.of("host", host), null, "host");
    }

    /** What gRPC calls a failure has the HTTP status 200 all the same. */
    private static String code(Map<String, String> labels) {
        var status = labels.getOrDefault("status_code", "");
        var failed = labels.getOrDefault("classification", "").equals("failure");
        return failed && !status.startsWith("5") ? "failure" : status.isEmpty() ? "0" : status;
    }
}
