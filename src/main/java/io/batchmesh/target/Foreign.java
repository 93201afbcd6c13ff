package io.batchmesh.target;

import io.batchmesh.json.Fault;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what strangers answer: nothing in it is believed to have any shape or size. */
final class Foreign {
    private static final int MOST_TEXT = 500;
    private static final int MOST_FAULTS = 100;

    private Foreign() {}

    /** The JSON object in a body; null when there is none. */
    static @Nullable JsonNode object(byte[] body) {
        return JsonDocument.parse(body) instanceof Parsed.Ok ok && ok.document().root().isObject()
                ? ok.document().root()
                : null;
    }

    /** A text without control characters, which could repaint a terminal, and not too long. */
    static String text(String text) {
        var cut = text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
        return cut.replaceAll("\\p{Cntrl}", " ").strip();
    }

    static @Nullable String text(JsonNode node, String field) {
        var value = node.get(field);
        return value != null && value.isString() ? text(value.stringValue()) : null;
    }

    static String text(JsonNode node, String field, String otherwise) {
        var value = text(node, field);
        return value == null ? otherwise : value;
    }

    static boolean flag(JsonNode node, String field) {
        var value = node.get(field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    static double number(JsonNode node, String field) {
        var value = node.get(field);
        return value != null && value.isNumber() ? value.doubleValue() : 0;
    }

    /** The reasons in a problem (RFC 9457), at least one. */
    static List<Fault> faults(int status, byte[] body) {
        var problem = object(body);
        if (problem == null) {
            return List.of(new Fault("", 0, 0, "it answered with status " + status, ""));
        }
        var faults = new ArrayList<Fault>();
        var errors = problem.get("errors");
        if (errors != null && errors.isArray()) {
            errors.valueStream()
                    .filter(JsonNode::isObject)
                    .limit(MOST_FAULTS)
                    .forEach(e -> faults.add(fault(e)));
        }
        if (faults.isEmpty()) {
            var title = text(problem, "title", "it answered with status " + status);
            faults.add(new Fault("", 0, 0, title, text(problem, "detail", "")));
        }
        return List.copyOf(faults);
    }

    private static Fault fault(JsonNode error) {
        var pointer = text(error, "pointer", "");
        return new Fault(
                pointer.startsWith("#") ? pointer.substring(1) : pointer,
                0,
                0,
                text(error, "detail", "it does not say what is wrong"),
                text(error, "mend", ""));
    }
}
