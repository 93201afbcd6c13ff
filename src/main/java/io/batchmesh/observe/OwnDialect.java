package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;
import io.batchmesh.model.ProxyKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own sidecars, as they are scraped by somebody else. */
final class OwnDialect extends Dialect {
    OwnDialect() {
        super(
                "batchmesh",
                ProxyKind.SIDECAR,
                List.of(
                        Question.counter(REQUESTS, List.of("link", "subset", "code")),
                        Question.seconds(DURATION, List.of("link", "path")),
                        Question.seconds(
                                "batchmesh_stage_duration_seconds", List.of("link", "stage")),
                        Question.counter("batchmesh_stage_items_total", List.of("link", "stage")),
                        Question.seconds("batchmesh_send_seconds", List.of("link", "part")),
                        Question.counter("batchmesh_batches_total", List.of("link", "reason")),
                        Question.seconds("batchmesh_batch_items", List.of("link")),
                        Question.counter(BYTES, List.of("link", "form")),
                        Question.counter(
                                "batchmesh_cache_requests_total", List.of("link", "result")),
                        Question.counter("batchmesh_shed_total", List.of("link")),
                        Question.counter(RETRIES, List.of("link")),
                        Question.gauge(QUEUE, List.of("link")),
                        Question.gauge(BREAKER, List.of("link", "endpoint"))));
    }

    @Override
    String proxies() {
        return "batchmesh_config_info";
    }

    @Override
    @Nullable SeriesName own(String metric, Map<String, String> labels, Scene scene) {
        return labels.getOrDefault("link", "").isEmpty() ? null : new SeriesName(metric, labels);
    }
}
