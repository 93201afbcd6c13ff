package io.batchmesh.alert;

import io.batchmesh.model.AlertCondition.Threshold;
import io.batchmesh.model.AlertMeasure;
import io.batchmesh.model.AlertTarget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The expressions by which Prometheus computes what the console reads, of the families that a
 * sidecar exposes. Rates have a window of their own there, since the console's three seconds are
 * less than a usual interval between scrapes.
 *
 * @param by the label that tells one thing from another in the result
 * @param picks what the series of the thing have, empty for each thing
 * @param ofService whether the label must first be made of the end of a link
 */
record PromQl(String by, List<String> picks, boolean ofService) {
    private static final String REQUESTS = "batchmesh_requests_total";
    private static final String DURATION = "batchmesh_request_duration_seconds";
    private static final String STAGE = "batchmesh_stage_duration_seconds";
    private static final String CACHE = "batchmesh_cache_requests_total";

    /** A 5xx code, or a word that stands for no answer. */
    private static final String FAILED = "code=~\"5.*|[^0-9].*\"";

    /** Requests shed at once would make the others look fast. */
    private static final String CARRIED = "path!=\"shed\"";

    /** What is looked at for a target. */
    static PromQl of(AlertTarget target, @Nullable String instance) {
        var name = target.name();
        return switch (target.kind()) {
            case LINK -> of("link", target.isEach() ? null : "link=" + quoted(name));
            case SERVICE ->
                    new PromQl(
                            "service",
                            target.isEach()
                                    ? List.of()
                                    : List.of("link=~" + quoted(".*->" + escaped(name))),
                            true);
            case PROXY -> of("instance", instance == null ? null : "instance=" + quoted(instance));
        };
    }

    private static PromQl of(String by, @Nullable String pick) {
        return new PromQl(by, pick == null ? List.of() : List.of(pick), false);
    }

    /** A name within a regular expression (RE2). */
    private static String escaped(String name) {
        return name.replaceAll("([\\\\.+*?()|\\[\\]{}^$])", "\\\\$1");
    }

    /** A string of PromQL. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** A duration of PromQL. */
    static String time(Duration time) {
        long millis = Math.max(1, (time.toNanos() + 999_999) / 1_000_000);
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    /** A number of PromQL, without an exponent. */
    static String number(double value) {
        var plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return plain.equals("0.0") ? "0" : plain;
    }

    private String series(String metric, String... more) {
        var all = new ArrayList<>(picks);
        all.addAll(List.of(more));
        return metric + (all.isEmpty() ? "" : "{" + String.join(",", all) + "}");
    }

    private String named(String vector) {
        return ofService
                ? "label_replace(%s, \"service\", \"$1\", \"link\", \".*->(.*)\")".formatted(vector)
                : vector;
    }

    private String sum(String vector, String... alsoBy) {
        var labels = new ArrayList<>(List.of(by));
        labels.addAll(List.of(alsoBy));
        return "sum by (%s) (%s)".formatted(String.join(", ", labels), named(vector));
    }

    private String rate(String window, String metric, String... more) {
        return sum("rate(" + series(metric, more) + "[" + window + "])");
    }

    /**
     * The share of requests that failed over a window. Without any error it is 0 and not absent.
     */
    String errorShare(String window) {
        return "(%s or 0 * %s) / %s"
                .formatted(
                        rate(window, REQUESTS, FAILED),
                        rate(window, REQUESTS),
                        rate(window, REQUESTS));
    }

    private String errors(String window) {
        return "(%s or 0 * %s)".formatted(rate(window, REQUESTS, FAILED), rate(window, REQUESTS));
    }

    /** The number that a threshold is about. */
    String value(Threshold threshold, String window) {
        return switch (threshold.measure()) {
            case REQUESTS -> rate(window, REQUESTS);
            case ERRORS -> errors(window);
            case ERROR_SHARE -> errorShare(window);
            case MEAN -> mean(threshold, window);
            case P50 -> quantile("0.5", threshold, window);
            case P95 -> quantile("0.95", threshold, window);
            case P99 -> quantile("0.99", threshold, window);
            case SHED -> rate(window, "batchmesh_shed_total");
            case RETRIES -> rate(window, "batchmesh_retries_total");
            case EJECTIONS -> rate(window, "batchmesh_endpoint_ejections_total");
            case WAITING -> sum(series("batchmesh_queue_items"));
            case ITEMS_PER_BATCH ->
                    rate(window, "batchmesh_batch_items_sum")
                            + " / "
                            + rate(window, "batchmesh_batch_items_count");
            case HIT_SHARE ->
                    rate(window, CACHE, "result=~\"hit|stale|coalesced\"")
                            + " / "
                            + rate(window, CACHE, "result!=\"bypass\"");
            case OPEN_BREAKERS ->
                    sum(
                            "max by (%s, endpoint) (%s)"
                                    .formatted(by, series("batchmesh_breaker_open")));
            case UNHEALTHY ->
                    sum(
                            "1 - min by (%s, endpoint) (%s)"
                                    .formatted(by, series("batchmesh_endpoint_healthy")));
            case CORES -> rate(window, "batchmesh_cpu_seconds_total", "activity=\"proxy\"");
            // Only what was a sidecar within the last hour.
            case DOWN ->
                    "((1 - %s) and on (instance) last_over_time(%s[1h]))"
                            .formatted(series("up"), series("batchmesh_config_info"));
        };
    }

    private String[] timed(Threshold threshold) {
        return threshold.stage() == null
                ? new String[] {DURATION, CARRIED}
                : new String[] {STAGE, "stage=" + quoted(threshold.stage())};
    }

    private String mean(Threshold threshold, String window) {
        var family = timed(threshold);
        return rate(window, family[0] + "_sum", family[1])
                + " / "
                + rate(window, family[0] + "_count", family[1]);
    }

    private String quantile(String q, Threshold threshold, String window) {
        var family = timed(threshold);
        var buckets = "rate(" + series(family[0] + "_bucket", family[1]) + "[" + window + "])";
        return "histogram_quantile(%s, %s)".formatted(q, sum(buckets, "le"));
    }

    /** A threshold as an expression that has a value while it holds. */
    String threshold(Threshold threshold, String window) {
        var value = value(threshold, window);
        boolean compound = threshold.measure() != AlertMeasure.DOWN && value.contains(" / ");
        return "%s %s %s"
                .formatted(
                        compound ? "(" + value + ")" : value,
                        threshold.above() ? ">" : "<",
                        number(threshold.limit()));
    }

    /** Whether a budget burns too fast over some pairs of windows. */
    String burn(double budget, List<BurnWindows> windows) {
        return windows.stream().map(w -> burn(budget, w)).collect(Collectors.joining("\nor\n"));
    }

    private String burn(double budget, BurnWindows windows) {
        var limit = "(" + number(windows.factor()) + " * " + number(budget) + ")";
        return "((%s) > %s\n  and\n(%s) > %s)"
                .formatted(
                        errorShare(time(windows.over())),
                        limit,
                        errorShare(time(windows.and())),
                        limit);
    }
}
