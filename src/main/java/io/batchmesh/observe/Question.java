package io.batchmesh.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric that says something about a mesh.
 *
 * @param kind what it is
 * @param metric its name; of a histogram without {@code _bucket}
 * @param by the labels that are wanted
 * @param selectors label matchers of which each is asked for by itself; what one finds must not be
 *     found by another
 * @param scale what its unit is in seconds or bytes
 */
record Question(Kind kind, String metric, List<String> by, List<String> selectors, double scale) {
    Question {
        by = List.copyOf(by);
        selectors = List.copyOf(selectors);
    }

    /** Kinds of metrics. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    static Question counter(String metric, List<String> by, String... selectors) {
        return new Question(Kind.COUNTER, metric, by, List.of(selectors), 1);
    }

    static Question gauge(String metric, List<String> by, String... selectors) {
        return new Question(Kind.GAUGE, metric, by, List.of(selectors), 1);
    }

    static Question seconds(String metric, List<String> by, String... selectors) {
        return new Question(Kind.HISTOGRAM, metric, by, List.of(selectors), 1);
    }

    static Question millis(String metric, List<String> by, String... selectors) {
        return new Question(Kind.HISTOGRAM, metric, by, List.of(selectors), 1e-3);
    }

    /**
     * What to ask a Prometheus server.
     *
     * @param window over which rates are taken
     */
    List<String> queries(Duration window) {
        var range = "[" + window.toMillis() + "ms]";
        return switch (kind) {
            case COUNTER -> List.of(sum(by, "rate(%s" + range + ")", metric));
            case GAUGE -> List.of(sum(by, "%s", metric));
            case HISTOGRAM -> {
                var buckets = new ArrayList<>(by);
                buckets.add("le");
                yield List.of(
                        sum(buckets, "increase(%s" + range + ")", metric + "_bucket"),
                        sum(by, "increase(%s" + range + ")", metric + "_sum"));
            }
        };
    }

    private String sum(List<String> labels, String of, String name) {
        var parts = new ArrayList<String>();
        for (var selector : selectors.isEmpty() ? List.of("") : selectors) {
            var series = selector.isEmpty() ? name : name + "{" + selector + "}";
            parts.add("sum by (" + String.join(", ", labels) + ") (" + of.formatted(series) + ")");
        }
        return String.join(" or ", parts);
    }
}
