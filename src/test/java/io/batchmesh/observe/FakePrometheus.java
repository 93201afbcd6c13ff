package io.batchmesh.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.Points;
import io.batchmesh.metrics.PrometheusVersion;
import io.batchmesh.metrics.RangeWindow;
import io.batchmesh.metrics.SeriesName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Answers the queries that a source asks, by the arithmetic that agrees with a real server, and
 * refuses all else as a real one does: other methods, other forms, queries of any other shape.
 */
public final class FakePrometheus implements AutoCloseable {
    private static final long LOOK_BACK = 300_000_000_000L;
    private static final String NAME = "[a-z_]+";
    private static final String SELECTOR = "(" + NAME + ")(?:\\{([^{}]*)})?";
    private static final Pattern SUM =
            Pattern.compile(
                    "sum by \\(([a-z_, ]+)\\) \\((?:(rate|increase)\\("
                            + SELECTOR
                            + "\\[(\\d+)ms]\\)|"
                            + SELECTOR
                            + ")\\)");
    private static final Pattern LASTING =
            Pattern.compile("last_over_time\\((" + SELECTOR + ")\\[(\\d+)ms]\\)");
    private static final Pattern COUNT =
            Pattern.compile("max\\(count_over_time\\((" + NAME + ")\\[(\\d+)ms]\\)\\)");
    private static final Pattern TIMESTAMP =
            Pattern.compile("max\\(timestamp\\((" + NAME + ")\\)\\)");
    private static final Pattern NAMES =
            Pattern.compile("count by \\(__name__\\) \\(\\{__name__=~\"([a-z_|]+)\"}\\)");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|=)\"([^\"]*)\"");

    private final HttpServer server;
    private final Map<SeriesName, Points> series;
    final List<String> refused = new CopyOnWriteArrayList<>();
    public volatile long now;
    public volatile @Nullable String authorization;

    /**
     * @param now its clock, in milliseconds
     */
    public FakePrometheus(Map<SeriesName, Points> series, long now, Executor threads)
            throws IOException {
        this.series = series;
        this.now = now;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        var wanted = authorization;
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        if (wanted != null && !wanted.equals(given)) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        try {
            send(exchange, 200, success(answer(exchange)));
        } catch (IllegalArgumentException e) {
            refused.add(String.valueOf(e.getMessage()));
            send(
                    exchange,
                    400,
                    ObjectWriter.object(o ->
                            o.put("status", "error")
                                    .put("errorType", "bad_data")
                                    .put("error", String.valueOf(e.getMessage()))));
        }
    }

    private static JsonNode success(JsonNode data) {
        return ObjectWriter.object(o -> o.put("status", "success").put("data", data));
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        var bytes = JsonText.compact(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonNode answer(HttpExchange exchange) throws IOException {
        check(exchange.getRequestMethod().equals("POST"), "method");
        check(
                "application/x-www-form-urlencoded"
                        .equals(exchange.getRequestHeaders().getFirst("Content-Type")),
                "content type");
        var form = form(new String(exchange.getRequestBody().readAllBytes()));
        check(form.getOrDefault("timeout", "").matches("\\d+ms"), "timeout");
        var query = form.getOrDefault("query", "");
        return switch (exchange.getRequestURI().toString()) {
            case "/api/v1/query" -> {
                check(List.of("query", "timeout", "time").containsAll(form.keySet()), "" + form);
                yield vector(query, form.containsKey("time") ? millis(form, "time") : now);
            }
            case "/api/v1/query_range" -> {
                check(form.size() == 5, "" + form);
                yield matrix(query, form);
            }
            default -> throw new IllegalArgumentException("no such call");
        };
    }

    private static long millis(Map<String, String> form, String name) {
        check(form.getOrDefault(name, "").matches("\\d+(\\.\\d{1,3})?"), name);
        return Math.round(Double.parseDouble(form.getOrDefault(name, "")) * 1000);
    }

    private static Map<String, String> form(String body) {
        var form = new TreeMap<String, String>();
        for (var pair : body.split("&")) {
            var at = pair.indexOf('=');
            form.put(
                    pair.substring(0, at),
                    URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private JsonNode vector(String query, long at) {
        var result = JsonNodeFactory.instance.arrayNode();
        evaluate(query, at)
                .forEach((labels, value) ->
                        result.add(
                                ObjectWriter.object(o ->
                                        o.put("metric", labels(labels))
                                                .put("value", pair(at, value)))));
        return ObjectWriter.object(o -> o.put("resultType", "vector").put("result", result));
    }

    private JsonNode matrix(String query, Map<String, String> form) {
        var step = millis(form, "step");
        var from = millis(form, "start");
        var to = millis(form, "end");
        check(step > 0 && (to - from) / step <= 11_000, "exceeded maximum resolution");
        var rows = new LinkedHashMap<Map<String, String>, List<JsonNode>>();
        for (var at = from; at <= to; at += step) {
            var moment = at;
            evaluate(query, at)
                    .forEach((labels, value) ->
                            rows.computeIfAbsent(labels, k -> new ArrayList<>())
                                    .add(pair(moment, value)));
        }
        var result = JsonNodeFactory.instance.arrayNode();
        rows.forEach((labels, values) ->
                result.add(
                        ObjectWriter.object(o ->
                                o.put("metric", labels(labels))
                                        .put(
                                                "values",
                                                JsonNodeFactory.instance
                                                        .arrayNode()
                                                        .addAll(values)))));
        return ObjectWriter.object(o -> o.put("resultType", "matrix").put("result", result));
    }

    private static JsonNode labels(Map<String, String> labels) {
        return ObjectWriter.object(o -> labels.forEach(o::put));
    }

    private static JsonNode pair(long at, double value) {
        return JsonNodeFactory.instance.arrayNode().add(at / 1000.0).add("" + value);
    }

    private Map<Map<String, String>, Double> evaluate(String query, long at) {
        if (query.equals("vector(1)")) {
            return Map.of(Map.of(), 1.0);
        }
        var names = NAMES.matcher(query);
        if (names.matches()) {
            return names(List.of(names.group(1).split("\\|")), at);
        }
        var count = COUNT.matcher(query);
        if (count.matches()) {
            return most(count.group(1), at, Long.parseLong(count.group(2)));
        }
        var timestamp = TIMESTAMP.matcher(query);
        if (timestamp.matches()) {
            return newest(timestamp.group(1), at);
        }
        var lasting = LASTING.matcher(query);
        if (lasting.matches()) {
            return plain(lasting.group(1), at, Long.parseLong(lasting.group(4)) * 1_000_000);
        }
        if (query.startsWith("up{") && query.endsWith("} == 0")) {
            var all = plain(query.substring(0, query.length() - 5).replace("\\\\", "\\"), at);
            all.values().removeIf(value -> value != 0);
            return all;
        }
        if (query.matches(NAME + "(\\{[^{}]*})?")) {
            return plain(query, at);
        }
        var all = new LinkedHashMap<Map<String, String>, Double>();
        for (var part : query.split(" or ")) {
            var sum = SUM.matcher(part);
            check(sum.matches(), "parse error: " + part);
            sum(sum, at).forEach((labels, value) -> all.putIfAbsent(labels, value));
        }
        return all;
    }

    private Map<Map<String, String>, Double> sum(Matcher query, long at) {
        var by = List.of(query.group(1).split(", "));
        var function = query.group(2);
        var name = function == null ? query.group(6) : query.group(3);
        var matchers = function == null ? query.group(7) : query.group(4);
        var length = function == null ? LOOK_BACK : Long.parseLong(query.group(5)) * 1_000_000;
        var window = RangeWindow.upTo(PrometheusVersion.V2, at * 1_000_000, length);
        var sums = new LinkedHashMap<Map<String, String>, Double>();
        series.forEach((series, points) -> {
            if (!series.metric().equals(name) || !matches(series, matchers)) {
                return;
            }
            var value =
                    switch (function) {
                        case "rate" -> window.rate(points);
                        case "increase" -> window.increase(points);
                        case null, default -> window.last(points);
                    };
            if (!Double.isNaN(value)) {
                var labels = new LinkedHashMap<String, String>();
                by.forEach(label -> {
                    if (series.label(label) != null) {
                        labels.put(label, series.label(label));
                    }
                });
                sums.merge(labels, value, Double::sum);
            }
        });
        return sums;
    }

    private static boolean matches(SeriesName series, @Nullable String matchers) {
        if (matchers == null) {
            return true;
        }
        for (var part : matchers.split(",")) {
            var matcher = MATCHER.matcher(part);
            check(matcher.matches(), "parse error: " + matchers);
            var label = series.label(matcher.group(1));
            var value = label == null ? "" : label;
            var wanted = matcher.group(3);
            if (matcher.group(2).equals("=") ? !value.equals(wanted) : !value.matches(wanted)) {
                return false;
            }
        }
        return true;
    }

    private Map<Map<String, String>, Double> plain(String query, long at) {
        return plain(query, at, LOOK_BACK);
    }

    private Map<Map<String, String>, Double> plain(String query, long at, long lookBack) {
        var name = query.strip().replaceFirst("\\{.*", "");
        var matchers = query.contains("{") ? query.replaceAll(".*\\{|}", "") : null;
        var window = RangeWindow.upTo(PrometheusVersion.V2, at * 1_000_000, lookBack);
        var found = new LinkedHashMap<Map<String, String>, Double>();
        series.forEach((series, points) -> {
            var value = window.last(points);
            if (series.metric().equals(name) && matches(series, matchers) && !Double.isNaN(value)) {
                found.put(series.labels(), value);
            }
        });
        return found;
    }

    private Map<Map<String, String>, Double> names(List<String> names, long at) {
        var counts = new LinkedHashMap<Map<String, String>, Double>();
        for (var name : names) {
            var found = plain(name, at).size();
            if (found > 0) {
                counts.put(Map.of("__name__", name), (double) found);
            }
        }
        return counts;
    }

    private Map<Map<String, String>, Double> most(String name, long at, long millis) {
        return of(name, at - millis, at, true);
    }

    private Map<Map<String, String>, Double> newest(String name, long at) {
        return of(name, at - LOOK_BACK / 1_000_000, at, false);
    }

    private Map<Map<String, String>, Double> of(String name, long from, long at, boolean count) {
        var most = Double.NEGATIVE_INFINITY;
        for (var entry : series.entrySet()) {
            if (entry.getKey().metric().equals(name)) {
                var points = entry.getValue();
                var n = 0;
                var last = Double.NEGATIVE_INFINITY;
                for (var i = 0; i < points.size(); i++) {
                    var millis = points.nanos(i) / 1_000_000;
                    if (millis >= from && millis <= at) {
                        n++;
                        last = millis / 1e3;
                    }
                }
                most = Math.max(most, count ? n == 0 ? most : n : last);
            }
        }
        return Double.isInfinite(most) ? Map.of() : Map.of(Map.of(), most);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
