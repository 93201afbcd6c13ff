package io.batchmesh.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes JSON trees as text, always the same text for the same tree. */
public final class JsonText {
    private static final int WIDTH = 110;

    private JsonText() {}

    /** One line without spaces, fields in the order of the tree. */
    public static String compact(JsonNode node) {
        return node.toString();
    }

    /** One line without spaces, fields sorted by name at every level: equal trees, equal bytes. */
    public static byte[] canonical(JsonNode node) {
        return sorted(node).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode sorted(JsonNode node) {
        var f = JsonNodeFactory.instance;
        if (node.isObject()) {
            var fields = new TreeMap<String, JsonNode>();
            node.propertyStream().forEach(e -> fields.put(e.getKey(), sorted(e.getValue())));
            var result = f.objectNode();
            fields.forEach(result::set);
            return result;
        }
        if (node.isArray()) {
            var result = f.arrayNode();
            node.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return node;
    }

    /**
     * Text for people and for version control: two spaces a level; what fits on a line of 110
     * columns stays on one line; a final newline.
     */
    public static String pretty(JsonNode node) {
        var out = new StringBuilder();
        write(node, 0, 0, out, true);
        return out.append('\n').toString();
    }

    private static void write(
            JsonNode node, int indent, int column, StringBuilder out, boolean root) {
        if (!node.isContainer() || node.isEmpty()) {
            leaf(node, out);
            return;
        }
        int start = out.length();
        // Room for the comma behind it.
        if (!root && inline(node, out, start + WIDTH - 1 - column)) {
            return;
        }
        out.setLength(start);
        out.append(node.isObject() ? "{" : "[");
        var pad = "\n" + "  ".repeat(indent + 1);
        var separator = "";
        for (var part : parts(node)) {
            out.append(separator).append(pad).append(part.label);
            write(part.value, indent + 1, 2 * (indent + 1) + part.label.length(), out, false);
            separator = ",";
        }
        out.append('\n').append("  ".repeat(indent)).append(node.isObject() ? "}" : "]");
    }

    private record Part(String label, JsonNode value) {}

    private static List<Part> parts(JsonNode node) {
        var parts = new ArrayList<Part>();
        if (node.isObject()) {
            node.propertyStream()
                    .forEach(e -> parts.add(new Part(label(e.getKey()), e.getValue())));
        } else {
            node.forEach(item -> parts.add(new Part("", item)));
        }
        return parts;
    }

    private static String label(String name) {
        var label = new StringBuilder();
        quote(name, label);
        return label.append(": ").toString();
    }

    /** As the node's own text, without the writer that it would set up each time. */
    private static void leaf(JsonNode node, StringBuilder out) {
        if (node.isString()) {
            quote(node.stringValue(), out);
        } else {
            out.append(node);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** Writes on one line; gives up, and says so, where the text would grow beyond a length. */
    private static boolean inline(JsonNode node, StringBuilder out, int most) {
        if (!node.isContainer() || node.isEmpty()) {
            leaf(node, out);
            return out.length() <= most;
        }
        var separator = node.isObject() ? "{ " : "[ ";
        for (var part : parts(node)) {
            out.append(separator).append(part.label);
            if (!inline(part.value, out, most)) {
                return false;
            }
            separator = ", ";
        }
        out.append(node.isObject() ? " }" : " ]");
        return out.length() <= most;
    }
}
