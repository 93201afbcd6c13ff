package io.batchmesh.observe;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.observe.PrometheusAnswer.Failed;
import io.batchmesh.observe.PrometheusAnswer.Fault;
import io.batchmesh.observe.PrometheusAnswer.Point;
import io.batchmesh.observe.PrometheusAnswer.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the answers of Prometheus's HTTP API, version 1, and of those that speak it too. */
final class PrometheusJson {
    private final int maxSeries;

    PrometheusJson(int maxSeries) {
        this.maxSeries = maxSeries;
    }

    /** What is wrong where {@code status} is not {@code success}; nothing where all is well. */
    static Optional<Failed> failure(int status, JsonNode root) {
        if (root.path("status").asString("").equals("success") && status / 100 == 2) {
            return Optional.empty();
        }
        var type = root.path("errorType").asString("");
        var error = Reasons.foreign(root.path("error").asString(""));
        if (type.isEmpty() && error.isEmpty()) {
            return Optional.of(new Failed(Fault.UNREADABLE, "answers with HTTP status " + status));
        }
        return Optional.of(new Failed(Fault.QUERY, Reasons.foreign(type) + ": " + error));
    }

    static Optional<JsonNode> parse(byte[] body) {
        return JsonDocument.parse(body) instanceof Parsed.Ok ok && ok.document().root().isObject()
                ? Optional.of(ok.document().root())
                : Optional.empty();
    }

    /** The rows of a vector or a matrix. */
    PrometheusAnswer rows(JsonNode root) {
        var data = root.path("data");
        var type = data.path("resultType").asString("");
        var result = data.path("result");
        if (!result.isArray() || !(type.equals("vector") || type.equals("matrix"))) {
            return new Failed(
                    Fault.UNREADABLE, "answers with '" + Reasons.foreign(type) + "', not series");
        }
        if (result.size() > maxSeries) {
            return new Failed(
                    Fault.TOO_MUCH,
                    "answers with %d series; at most %d are read"
                            .formatted(result.size(), maxSeries));
        }
        var rows = new ArrayList<Row>(result.size());
        for (var series : result) {
            var labels = new LinkedHashMap<String, String>();
            series.path("metric")
                    .propertyStream()
                    .forEach(e -> labels.put(e.getKey(), e.getValue().asString("")));
            rows.add(new Row(labels, points(series, type)));
        }
        return new PrometheusAnswer.Rows(rows);
    }

    private static List<Point> points(JsonNode series, String type) {
        var points = new ArrayList<Point>();
        if (type.equals("vector")) {
            add(points, series.path("value"));
        } else {
            series.path("values").forEach(pair -> add(points, pair));
        }
        return points;
    }

    /** What is no pair of a time and a number is left out: native histograms, for instance. */
    private static void add(List<Point> points, JsonNode pair) {
        if (pair.isArray() && pair.size() == 2 && pair.get(0).isNumber()) {
            var millis = Math.round(pair.get(0).asDouble() * 1000);
            number(pair.get(1).asString("")).ifPresent(v -> points.add(new Point(millis, v)));
        }
    }

    /** Numbers stand in quotes, since JSON has none for NaN. */
    private static Optional<Double> number(String text) {
        try {
            return Optional.of(
                    switch (text) {
                        case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                        case "-Inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(text);
                    });
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
