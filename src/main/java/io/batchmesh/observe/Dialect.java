package io.batchmesh.observe;

import io.batchmesh.metrics.SeriesName;
import io.batchmesh.model.ProxyKind;
import io.batchmesh.model.ServiceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of proxy names what it measures, and what that is in the names of our own sidecar,
 * by which everything else is computed.
 */
abstract class Dialect {
    static final String REQUESTS = "batchmesh_requests_total";
    static final String DURATION = "batchmesh_request_duration_seconds";
    static final String RETRIES = "batchmesh_retries_total";
    static final String BYTES = "batchmesh_wire_bytes_total";
    static final String QUEUE = "batchmesh_queue_items";
    static final String BREAKER = "batchmesh_breaker_open";

    private final String label;
    private final @Nullable ProxyKind kind;
    private final Map<String, Question> questions = new LinkedHashMap<>();

    Dialect(String label, @Nullable ProxyKind kind, List<Question> questions) {
        this.label = label;
        this.kind = kind;
        questions.forEach(q -> this.questions.put(q.metric(), q));
    }

    /** Who speaks it, as people name him. */
    final String label() {
        return label;
    }

    /** The kind of proxy, null where a drawing knows none such. */
    final @Nullable ProxyKind kind() {
        return kind;
    }

    /** What there is to ask; the first is there wherever the dialect is spoken. */
    final List<Question> questions() {
        return List.copyOf(questions.values());
    }

    /** The metric that tells that it is spoken. */
    final String mark() {
        return questions.keySet().iterator().next();
    }

    /** A selector of what every proxy exposes once, empty where there is none. */
    abstract String proxies();

    /** The question of a metric as it is exposed, null where it says nothing of a mesh. */
    @Nullable Question question(String metric) {
        return questions.get(metric);
    }

    /**
     * What a series is called by our own sidecar.
     *
     * @param metric of a {@link #question}
     * @param labels without {@code le}
     * @param scene who exposes it
     * @return null where it says nothing of a link
     */
    abstract @Nullable SeriesName own(String metric, Map<String, String> labels, Scene scene);

    /**
     * Where a series comes from.
     *
     * @param caller the service whose proxy exposes it, empty where only labels can tell
     * @param names of services
     */
    record Scene(String caller, ServiceNames names) {
        /** A service by the first of some labels that says something. */
        String service(Map<String, String> labels, @Nullable String namespace, String... from) {
            for (var label : from) {
                var name = labels.getOrDefault(label, "");
                if (!name.isEmpty() && !name.equals("unknown")) {
                    return names.id(name, namespace, ServiceKind.SERVICE);
                }
            }
            return "";
        }

        /** The caller, or who the labels of a scraping server say it is. */
        String caller(Map<String, String> labels) {
            return caller.isEmpty()
                    ? service(labels, blankToNull(labels.get("namespace")), "service", "app", "job")
                    : caller;
        }
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isEmpty() || text.equals("unknown") ? null : text;
    }

    /** A series of our own with the label {@code link} and one more, where that says something. */
    static SeriesName series(String metric, String link, String label, @Nullable String value) {
        return new SeriesName(
                metric,
                value == null || value.isEmpty()
                        ? Map.of("link", link)
                        : Map.of("link", link, label, value));
    }

    /** A series of requests. */
    static SeriesName requests(String link, String code, @Nullable String subset) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("link", link);
        labels.put("code", code);
        if (subset != null && !subset.isEmpty()) {
            labels.put("subset", subset);
        }
        return new SeriesName(REQUESTS, labels);
    }
}
