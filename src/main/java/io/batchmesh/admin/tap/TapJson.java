package io.batchmesh.admin.tap;

import io.batchmesh.admin.tap.TappedRequest.Answer;
import io.batchmesh.admin.tap.TappedRequest.Asked;
import io.batchmesh.admin.tap.TappedRequest.Batch;
import io.batchmesh.admin.tap.TappedRequest.Times;
import io.batchmesh.admin.tap.TappedRequest.Trace;
import io.batchmesh.admin.tap.TappedRequest.Went;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.SendPart;
import io.batchmesh.metrics.Stage;
import io.batchmesh.quantity.Durations;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of a tap as JSON objects; times in seconds. A reader passes over fields that it does not
 * know, so that it understands a newer proxy.
 */
public final class TapJson {
    private static final double NANOS = 1e9;
    private static final double LONGEST_SECONDS = 1e9;

    private TapJson() {}

    /** A line as an object. */
    public static ObjectNode write(TapLine line) {
        return switch (line) {
            case TapLine.Opened(var until) ->
                    ObjectWriter.object(o -> o.put("type", "open").put("until", until.toString()));
            case TapLine.Request(var request) -> {
                var node = ObjectWriter.object(o -> o.put("type", "request"));
                node.setAll(write(request));
                yield node;
            }
            case TapLine.Counted(var counts) ->
                    ObjectWriter.object(o -> o.put("type", "counts").with(w -> put(w, counts)));
            case TapLine.Ended(var reason, var counts) ->
                    ObjectWriter.object(o ->
                            o.put("type", "end").put("reason", reason).with(w -> put(w, counts)));
        };
    }

    private static void put(ObjectWriter to, TapCounts counts) {
        to.put("matched", counts.matched())
                .put("limited", counts.limited())
                .put("dropped", counts.dropped());
    }

    /** A request as an object. */
    public static ObjectNode write(TappedRequest request) {
        var went = request.went();
        var asked = request.asked();
        var answer = request.answer();
        var times = request.times();
        return ObjectWriter.object(o -> {
            o.put("time", request.time().toString())
                    .put("link", went.link())
                    .put("route", went.route())
                    .put("subset", went.subset())
                    .put("endpoint", went.endpoint())
                    .put("method", asked.method())
                    .put("path", asked.path())
                    .put("query", asked.query())
                    .putMap("headers", asked.headers(), JsonNodeFactory.instance::stringNode)
                    .put("code", answer.code())
                    .put("way", answer.way())
                    .put("retries", answer.retries())
                    .put("duration", Durations.seconds(times.whole()));
            o.putMap("stages", texts(times.stages(), Stage::label), TapJson::seconds);
            o.putMap("send", texts(times.send(), SendPart::label), TapJson::seconds);
            o.put("batch", request.batch(), TapJson::batch);
            o.put("trace", request.trace(), TapJson::trace);
        });
    }

    private static <K extends Enum<K>> Map<String, Duration> texts(
            Map<K, Duration> map, Function<K, String> label) {
        var result = new LinkedHashMap<String, Duration>();
        map.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> result.put(label.apply(e.getKey()), e.getValue()));
        return result;
    }

    private static JsonNode seconds(Duration duration) {
        return ObjectWriter.number(Durations.seconds(duration));
    }

    private static ObjectNode batch(Batch batch) {
        return ObjectWriter.object(o ->
                o.put("id", batch.id())
                        .put("items", batch.items())
                        .put("reason", batch.reason().label()));
    }

    private static ObjectNode trace(Trace trace) {
        return ObjectWriter.object(
                o -> o.put("traceId", trace.traceId()).put("spanId", trace.spanId()));
    }

    /** Reads a line; null for one that is no line of a tap, or of a kind that is not known. */
    public static @Nullable TapLine read(String text) {
        if (!(JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8))
                instanceof Parsed.Ok(var document))) {
            return null;
        }
        var node = document.root();
        try {
            return switch (node.path("type").asString("")) {
                case "open" -> new TapLine.Opened(instant(node, "until"));
                case "request" -> new TapLine.Request(request(node));
                case "counts" -> new TapLine.Counted(counts(node));
                case "end" -> new TapLine.Ended(node.path("reason").asString(""), counts(node));
                default -> null;
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.path(name).asString(""));
    }

    private static TapCounts counts(JsonNode node) {
        return new TapCounts(
                node.path("matched").asLong(0),
                node.path("limited").asLong(0),
                node.path("dropped").asLong(0));
    }

    private static TappedRequest request(JsonNode node) {
        var headers = new LinkedHashMap<String, String>();
        node.path("headers")
                .propertyStream()
                .forEach(e -> headers.put(e.getKey(), e.getValue().asString("")));
        return new TappedRequest(
                instant(node, "time"),
                new Went(
                        text(node, "link"),
                        text(node, "route"),
                        text(node, "subset"),
                        optional(node, "endpoint")),
                new Asked(
                        text(node, "method"), text(node, "path"), optional(node, "query"), headers),
                new Answer(
                        node.path("code").asInt(0),
                        text(node, "way"),
                        node.path("retries").asInt(0)),
                new Times(
                        duration(node.path("duration")),
                        durations(Stage.class, node.path("stages"), Stage::of),
                        durations(SendPart.class, node.path("send"), SendPart::of)),
                batch(node.path("batch")),
                trace(node.path("trace")));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static @Nullable String optional(JsonNode node, String name) {
        var value = node.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    private static Duration duration(JsonNode seconds) {
        double value = seconds.asDouble(0);
        return Duration.ofNanos(Math.round(Math.clamp(value, 0, LONGEST_SECONDS) * NANOS));
    }

    private static <K extends Enum<K>> Map<K, Duration> durations(
            Class<K> type, JsonNode node, Function<String, Optional<K>> named) {
        var result = new EnumMap<K, Duration>(type);
        node.propertyStream()
                .forEach(e ->
                        named.apply(e.getKey())
                                .ifPresent(key -> result.put(key, duration(e.getValue()))));
        return result;
    }

    private static @Nullable Batch batch(JsonNode node) {
        var reason = FlushReason.of(text(node, "reason"));
        return reason.isEmpty()
                ? null
                : new Batch(text(node, "id"), node.path("items").asInt(0), reason.get());
    }

    private static @Nullable Trace trace(JsonNode node) {
        var id = optional(node, "traceId");
        return id == null ? null : new Trace(id, text(node, "spanId"));
    }
}
