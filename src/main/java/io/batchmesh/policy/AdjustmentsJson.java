package io.batchmesh.policy;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of header changes and rewrites: fields of a route. */
public final class AdjustmentsJson {
    private AdjustmentsJson() {}

    /** Reads the fields of a route that belong here. */
    public static Adjustments read(ObjectReader route) {
        return new Adjustments(
                route.object("requestHeaders", AdjustmentsJson::readChanges),
                route.object("responseHeaders", AdjustmentsJson::readChanges),
                route.object("rewrite", AdjustmentsJson::readRewrite));
    }

    private static HeaderChanges readChanges(ObjectReader o) {
        return new HeaderChanges(
                o.entries("set", ObjectReader::string),
                o.entries("add", ObjectReader::string),
                o.strings("remove"));
    }

    private static Rewrite readRewrite(ObjectReader o) {
        return new Rewrite(
                o.optionalString("prefix"), o.optionalString("path"), o.optionalString("host"));
    }

    /** Writes them into a route. */
    public static void put(ObjectWriter route, Adjustments adjustments) {
        route.put("requestHeaders", adjustments.request(), AdjustmentsJson::write)
                .put("responseHeaders", adjustments.response(), AdjustmentsJson::write)
                .put("rewrite", adjustments.rewrite(), AdjustmentsJson::write);
    }

    private static ObjectNode write(HeaderChanges changes) {
        return ObjectWriter.object(o ->
                o.putMap("set", changes.set(), AdjustmentsJson::text)
                        .putMap("add", changes.add(), AdjustmentsJson::text)
                        .putStrings("remove", changes.remove()));
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    private static ObjectNode write(Rewrite rewrite) {
        return ObjectWriter.object(o ->
                o.put("prefix", rewrite.prefix())
                        .put("path", rewrite.path())
                        .put("host", rewrite.host()));
    }
}
