package io.batchmesh.push;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Faults;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Parsed;
import io.batchmesh.json.Range;
import io.batchmesh.model.ProxyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of the record of pushes. */
final class PushLogJson {
    private PushLogJson() {}

    /** What a line says. */
    sealed interface Line {
        /** A push began. */
        record Begin(PushRecord push) implements Line {}

        /** Something became known of a proxy. */
        record Result(PushId id, ProxyPush proxy) implements Line {}

        /** A push came to its end. */
        record End(PushId id) implements Line {}
    }

    static ObjectNode write(Line line) {
        return switch (line) {
            case Line.Begin(var push) ->
                    event("begin", push.id())
                            .put("time", push.time().toString())
                            .put("author", push.author())
                            .put("target", push.target())
                            .put("revision", push.revision())
                            .set("proxies", array(push.proxies()));
            case Line.Result(var id, var proxy) -> event("result", id).set("proxy", write(proxy));
            case Line.End(var id) -> event("end", id);
        };
    }

    private static ObjectNode event(String name, PushId id) {
        return ObjectWriter.object(
                o -> o.put("event", name).put("number", id.number()).put("unique", id.unique()));
    }

    private static JsonNode array(List<ProxyPush> proxies) {
        return ObjectWriter.object(o -> o.putArray("a", proxies, PushLogJson::write)).get("a");
    }

    private static ObjectNode write(ProxyPush proxy) {
        return ObjectWriter.object(o ->
                o.put("name", proxy.proxy().name())
                        .put("state", proxy.state().label())
                        .put("before", hash(proxy.before()))
                        .put("version", hash(proxy.version()))
                        .put("reason", proxy.reason().isEmpty() ? null : proxy.reason()));
    }

    private static @Nullable String hash(@Nullable ConfigVersion version) {
        return version == null ? null : version.hash();
    }

    /** The line in a text; null when there is none, as after a crash while it was written. */
    static @Nullable Line read(String text) {
        if (!(JsonDocument.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Ok ok)) {
            return null;
        }
        var faults = new Faults(ok.document());
        var line = ok.document().read(faults, PushLogJson::line);
        return faults.isEmpty() ? line : null;
    }

    private static Line line(ObjectReader o) {
        var event = o.string("event");
        var id = new PushId(o.integer("number", Range.positive(), 1), o.string("unique"));
        return switch (event) {
            case "begin" -> new Line.Begin(begin(o, id));
            case "result" -> new Line.Result(id, result(o));
            case "end" -> new Line.End(id);
            default -> {
                o.fault("event", "unknown event '" + event + "'", "");
                yield new Line.End(id);
            }
        };
    }

    private static PushRecord begin(ObjectReader o, PushId id) {
        return new PushRecord(
                id,
                time(o),
                o.string("author"),
                o.string("target"),
                o.optionalString("revision"),
                o.objects("proxies", PushLogJson::proxy),
                false);
    }

    private static ProxyPush result(ObjectReader o) {
        var proxy = o.object("proxy", PushLogJson::proxy);
        if (proxy != null) {
            return proxy;
        }
        o.faultHere("the field 'proxy' is missing", "");
        return new ProxyPush(new ProxyId(""), ProxyPush.State.UNKNOWN, null, null, "", List.of());
    }

    private static ProxyPush proxy(ObjectReader o) {
        return new ProxyPush(
                new ProxyId(o.string("name")),
                o.choice("state", ProxyPush.State.CHOICE, ProxyPush.State.UNKNOWN),
                version(o, "before"),
                version(o, "version"),
                o.string("reason", ""),
                List.of());
    }

    private static @Nullable ConfigVersion version(ObjectReader o, String name) {
        var text = o.optionalString(name);
        return text == null ? null : new ConfigVersion(text);
    }

    private static Instant time(ObjectReader o) {
        try {
            return Instant.parse(o.string("time"));
        } catch (DateTimeParseException e) {
            o.fault("time", "this is no time", "");
            return Instant.EPOCH;
        }
    }
}
