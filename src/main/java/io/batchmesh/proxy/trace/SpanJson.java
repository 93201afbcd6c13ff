package io.batchmesh.proxy.trace;

import io.batchmesh.json.JsonText;
import io.batchmesh.json.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spans as an {@code ExportTraceServiceRequest} in OTLP's JSON encoding (OTLP 1.x, section 2.2).
 */
final class SpanJson {
    private static final int STATUS_ERROR = 2;

    private final List<Span.Attribute> resource;

    /** Of a proxy. */
    SpanJson(String service, String proxy) {
        resource =
                List.of(
                        new Span.Attribute("service.name", service),
                        new Span.Attribute("service.instance.id", proxy));
    }

    byte[] of(List<Span> spans) {
        var scope = ObjectWriter.object(o -> o.put("name", "io.batchmesh.proxy"));
        var all =
                ObjectWriter.object(
                        o -> o.put("scope", scope).putArray("spans", spans, SpanJson::span));
        var own = ObjectWriter.object(o -> o.putArray("attributes", resource, SpanJson::attribute));
        var group =
                ObjectWriter.object(
                        o -> o.put("resource", own).putArray("scopeSpans", List.of(all), s -> s));
        var body = ObjectWriter.object(o -> o.putArray("resourceSpans", List.of(group), g -> g));
        return JsonText.compact(body).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode span(Span span) {
        return ObjectWriter.object(o -> {
            o.put("traceId", span.context().trace())
                    .put("spanId", span.context().span())
                    .put("parentSpanId", span.parent())
                    .put("flags", 1)
                    .put("name", span.name())
                    .put("kind", span.kind().number())
                    .put("startTimeUnixNano", String.valueOf(span.startWall()))
                    .put("endTimeUnixNano", String.valueOf(span.endWall()))
                    .putAll("attributes", span.attributes(), SpanJson::attribute)
                    .putAll("links", span.links(), SpanJson::link);
            if (span.droppedLinks() > 0) {
                o.put("droppedLinksCount", span.droppedLinks());
            }
            if (span.failed()) {
                o.put("status", ObjectWriter.object(s -> s.put("code", STATUS_ERROR)));
            }
        });
    }

    private static ObjectNode link(SpanContext to) {
        return ObjectWriter.object(
                o -> o.put("traceId", to.trace()).put("spanId", to.span()).put("flags", 1));
    }

    private static ObjectNode attribute(Span.Attribute attribute) {
        var value =
                ObjectWriter.object(v -> {
                    switch (attribute.value()) {
                        case Long number -> v.put("intValue", number.toString());
                        case Double number -> v.put("doubleValue", number.doubleValue());
                        default -> v.put("stringValue", attribute.value().toString());
                    }
                });
        return ObjectWriter.object(o -> o.put("key", attribute.key()).put("value", value));
    }
}
