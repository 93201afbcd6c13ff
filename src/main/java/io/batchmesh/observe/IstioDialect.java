package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Istio's standard metrics. Each request is told of by its caller's proxy and by its callee's; only
 * the caller counts, or the callee where the caller is not in the mesh.
 *
 * <p>Source: istio.io/latest/docs/reference/config/metrics.
 */
final class IstioDialect extends Dialect {
    private static final List<String> WHO =
            List.of(
                    "reporter",
                    "source_canonical_service",
                    "source_workload",
                    "source_workload_namespace",
                    "destination_service_name",
                    "destination_canonical_service",
                    "destination_workload",
                    "destination_service_namespace",
                    "destination_version");
    private static final List<String> ANSWERED =
            List.of(
                    "reporter",
                    "source_canonical_service",
                    "source_workload",
                    "source_workload_namespace",
                    "destination_service_name",
                    "destination_canonical_service",
                    "destination_workload",
                    "destination_service_namespace",
                    "destination_version",
                    "response_code",
                    "grpc_response_status");
    private static final String[] REPORTERS = {
        "reporter=~\"source|waypoint\"", "reporter=\"destination\",source_workload=\"unknown\""
    };

    /** Where calls end of which Istio knows no service. */
    private static final Set<String> NOWHERE =
            Set.of("BlackHoleCluster", "PassthroughCluster", "InboundPassthroughCluster");

    /** Statuses that are faults of the server: grpc.io/docs/guides/status-codes. */
    private static final Set<String> GRPC_FAULTS = Set.of("2", "4", "8", "12", "13", "14", "15");

    IstioDialect() {
        super(
                "Istio",
                ProxyKind.ISTIO,
                List.of(
                        Question.counter("istio_requests_total", ANSWERED, REPORTERS),
                        Question.millis("istio_request_duration_milliseconds", WHO, REPORTERS),
                        Question.counter("istio_request_bytes_sum", WHO, REPORTERS),
                        Question.counter("istio_response_bytes_sum", WHO, REPORTERS)));
    }

    @Override
    String proxies() {
        return "istio_build{component=\"proxy\"}";
    }

    @Override
    @Nullable SeriesName own(String metric, Map<String, String> labels, Scene scene) {
        var link = link(labels, scene);
        if (link == null) {
            return null;
        }
        return switch (metric) {
            case "istio_requests_total" ->
                    requests(link, code(labels), blankToNull(labels.get("destination_version")));
            case "istio_request_duration_milliseconds" -> series(DURATION, link, "path", "plain");
            default -> series(BYTES, link, "form", "raw");
        };
    }

    private static @Nullable String link(Map<String, String> labels, Scene scene) {
        var outside = blankToNull(labels.get("source_workload")) == null;
        if (labels.getOrDefault("reporter", "").equals("destination") && !outside) {
            return null;
        }
        var from =
                scene.service(
                        labels,
                        blankToNull(labels.get("source_workload_namespace")),
                        "source_canonical_service",
                        "source_workload");
        if (from.isEmpty()) {
            from = scene.names().id("outside", null, ServiceKind.EXTERNAL);
        }
        var to = callee(labels, scene);
        return to.isEmpty() ? null : from + "->" + to;
    }

    private static String callee(Map<String, String> labels, Scene scene) {
        var name = labels.getOrDefault("destination_service_name", "");
        if (NOWHERE.contains(name)) {
            return scene.names().id(name, null, ServiceKind.EXTERNAL);
        }
        return scene.service(
                labels,
                blankToNull(labels.get("destination_service_namespace")),
                "destination_service_name",
                "destination_canonical_service",
                "destination_workload");
    }

    private static String code(Map<String, String> labels) {
        var status = labels.getOrDefault("grpc_response_status", "");
        return GRPC_FAULTS.contains(status)
                ? "grpc-" + status
                : labels.getOrDefault("response_code", "0");
    }
}
