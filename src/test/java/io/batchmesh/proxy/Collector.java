package io.batchmesh.proxy;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A receiver of OTLP/HTTP that takes nothing which is not exactly as the protocol has it. */
final class Collector implements AutoCloseable {
    /** A span as it was received. */
    record Received(String service, JsonNode json) {
        String text(String field) {
            return json.path(field).asString("");
        }

        String name() {
            return text("name");
        }

        int kind() {
            return json.get("kind").intValue();
        }

        List<String> links() {
            var all = new ArrayList<String>();
            json.path("links")
                    .forEach(
                            l -> all.add(l.get("traceId").asString() + l.get("spanId").asString()));
            return all;
        }

        String id() {
            return text("traceId") + text("spanId");
        }

        @Nullable JsonNode attribute(String key) {
            for (var attribute : json.path("attributes")) {
                if (attribute.get("key").asString().equals(key)) {
                    return attribute.get("value");
                }
            }
            return null;
        }
    }

    private static final Map<String, String> FIELDS = new HashMap<>();

    static {
        FIELDS.put("traceId", "[0-9a-f]{32}");
        FIELDS.put("spanId", "[0-9a-f]{16}");
        FIELDS.put("parentSpanId", "[0-9a-f]{16}");
        FIELDS.put("startTimeUnixNano", "[0-9]{19}");
        FIELDS.put("endTimeUnixNano", "[0-9]{19}");
        FIELDS.put("name", "\\S.*");
    }

    private static final Set<String> OTHERS =
            Set.of("flags", "kind", "attributes", "links", "droppedLinksCount", "status");

    private final List<Received> spans = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final StandInService server;
    private volatile int answer = 200;

    private final String scheme;

    Collector() {
        server = new StandInService(Loops.GROUP, (ctx, request) -> take(request));
        scheme = "http";
    }

    /** One that is called by TLS. */
    Collector(SslContext tls) {
        server =
                new StandInService(
                        Loops.GROUP,
                        (ctx, request) -> take(request),
                        channel -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
        scheme = "https";
    }

    String endpoint() {
        return scheme + "://" + server.address() + "/v1/traces";
    }

    /** Where it is under another name. */
    String endpoint(String host) {
        return scheme + "://" + host + ":" + server.port() + "/v1/traces";
    }

    /** What it answers from now on; 0 for nothing. */
    void answers(int status) {
        answer = status;
    }

    int posts() {
        return posts.get();
    }

    synchronized List<Received> spans() {
        return List.copyOf(spans);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private synchronized @Nullable FullHttpResponse take(FullHttpRequest request) {
        posts.incrementAndGet();
        if (answer != 200) {
            return answer == 0 ? null : StandInService.text(answer, "not now");
        }
        check(request.method().name().equals("POST"), "method");
        check(request.uri().equals("/v1/traces"), "path " + request.uri());
        check("application/json".equals(request.headers().get("content-type")), "content type");
        var text = request.content().toString(StandardCharsets.UTF_8);
        if (!(JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Ok ok)) {
            complaints.add("no JSON: " + text);
            return StandInService.text(400, "no JSON");
        }
        for (var group : ok.document().root().path("resourceSpans")) {
            var service = "";
            for (var attribute : group.path("resource").path("attributes")) {
                if (attribute.path("key").asString("").equals("service.name")) {
                    service = attribute.path("value").path("stringValue").asString("");
                }
            }
            check(!service.isEmpty(), "service.name");
            for (var scope : group.path("scopeSpans")) {
                check(!scope.path("scope").path("name").asString("").isEmpty(), "scope");
                for (var span : scope.path("spans")) {
                    span(new Received(service, span));
                }
            }
        }
        return StandInService.text(200, "{\"partialSuccess\":{}}");
    }

    private void span(Received span) {
        for (var name : span.json().propertyNames()) {
            check(FIELDS.containsKey(name) || OTHERS.contains(name), "field " + name);
        }
        FIELDS.forEach((name, pattern) -> {
            boolean may = name.equals("parentSpanId") && !span.json().has(name);
            var value = span.json().path(name);
            check(
                    may || (value.isString() && value.asString().matches(pattern)),
                    name + " " + value);
        });
        check(!span.text("traceId").equals("0".repeat(32)), "trace of zeros");
        check(!span.text("spanId").equals("0".repeat(16)), "span of zeros");
        long start = Long.parseLong(span.text("startTimeUnixNano"));
        long end = Long.parseLong(span.text("endTimeUnixNano"));
        long now = System.currentTimeMillis();
        check(start <= end, "it ends before it begins");
        check(Math.abs(now - end / 1_000_000) < 60_000, "not now: " + end);
        check(span.kind() >= 1 && span.kind() <= 5, "kind");
        check(ids.add(span.id()), "told twice: " + span.id());
        for (var link : span.links()) {
            check(link.matches("[0-9a-f]{48}"), "link " + link);
        }
        var keys = new HashSet<String>();
        for (var attribute : span.json().path("attributes")) {
            check(keys.add(attribute.path("key").asString("")), "attribute twice: " + attribute);
            value(attribute.path("value"));
        }
        spans.add(span);
    }

    private void value(JsonNode value) {
        var names = List.copyOf(value.propertyNames());
        check(names.size() == 1, "one kind of value: " + value);
        boolean sound =
                switch (names.getFirst()) {
                    case "stringValue" -> value.get("stringValue").isString();
                    // 64 bits do not fit into every reader's numbers.
                    case "intValue" ->
                            value.get("intValue").isString()
                                    && value.get("intValue").asString().matches("-?[0-9]+");
                    case "doubleValue" -> value.get("doubleValue").isNumber();
                    default -> false;
                };
        check(sound, "value " + value);
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            complaints.add(what);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
