package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's own exporter: a backend is a service. It exposes no distribution of latencies.
 *
 * <p>Source: {@code addons/promex} of HAProxy 2.6.
 */
final class HaproxyDialect extends Dialect {
    private static final List<String> WHO = List.of("job", "namespace", "app", "service", "proxy");

    HaproxyDialect() {
        super(
                "HAProxy",
                null,
                List.of(
                        Question.counter(
                                "haproxy_backend_http_responses_total",
                                List.of("job", "namespace", "app", "service", "proxy", "code")),
                        Question.counter("haproxy_backend_retry_warnings_total", WHO),
                        Question.counter("haproxy_backend_bytes_in_total", WHO),
                        Question.counter("haproxy_backend_bytes_out_total", WHO),
                        Question.gauge("haproxy_backend_current_queue", WHO)));
    }

    @Override
    String proxies() {
        return "haproxy_process_uptime_seconds";
    }

    @Override
    @Nullable SeriesName own(String metric, Map<String, String> labels, Scene scene) {
        var from = scene.caller(labels);
        var to = scene.service(labels, null, "proxy");
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return null;
        }
        var link = from + "->" + to;
        return switch (metric) {
            case "haproxy_backend_http_responses_total" ->
                    requests(link, labels.getOrDefault("code", "").replace("other", "0"), null);
            case "haproxy_backend_retry_warnings_total" -> series(RETRIES, link, "", null);
            case "haproxy_backend_current_queue" -> series(QUEUE, link, "", null);
            default -> series(BYTES, link, "form", "raw");
        };
    }
}
