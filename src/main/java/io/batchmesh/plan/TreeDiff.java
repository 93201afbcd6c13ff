package io.batchmesh.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields in which two JSON trees differ. Items of an array are told apart by the field that
 * names them, so that one that is added in the middle is one change and not a shift of all.
 */
final class TreeDiff {
    /** The fields that name an item, by the array that holds it; elsewhere the first that fits. */
    private static final List<String> NAMES = List.of("link", "name", "address", "identity");

    private static final String SUBJECTS = "links";

    private final List<FieldChange> changes = new ArrayList<>();

    private TreeDiff() {}

    /** The differences, in the order of the desired tree. */
    static List<FieldChange> between(@Nullable JsonNode running, @Nullable JsonNode desired) {
        var diff = new TreeDiff();
        diff.compare("", "", running, desired);
        return List.copyOf(diff.changes);
    }

    private void compare(
            String subject, String field, @Nullable JsonNode from, @Nullable JsonNode to) {
        if (from != null && from.equals(to)) {
            return;
        }
        // What an empty array held before tells what is in it.
        boolean emptied = from != null && to != null && to.isArray() && to.isEmpty();
        var one = to == null || emptied ? from : to;
        if (one != null && one.isObject() && sameKind(from, to)) {
            compareParts(subject, field, fields(from), fields(to));
        } else if (sameKind(from, to) && (isNamedArray(to) || isNamedArray(from))) {
            compareParts(subject, field, items(from), items(to));
            compareOrder(subject, field, items(from), items(to));
        } else {
            changes.add(new FieldChange(subject, field, text(from), text(to)));
        }
    }

    private void compareParts(
            String subject, String field, Map<String, JsonNode> from, Map<String, JsonNode> to) {
        Set<String> names = new LinkedHashSet<>(to.keySet());
        names.addAll(from.keySet());
        for (var name : names) {
            if (subject.isEmpty() && field.equals(SUBJECTS)) {
                compare(name, "", from.get(name), to.get(name));
            } else {
                var path = field.isEmpty() ? name : field + "." + name;
                compare(subject, path, from.get(name), to.get(name));
            }
        }
    }

    /** Where items stay but in another order, which matters for routes, that is a change too. */
    private void compareOrder(
            String subject, String field, Map<String, JsonNode> from, Map<String, JsonNode> to) {
        var before = new ArrayList<>(from.keySet());
        before.retainAll(to.keySet());
        var after = new ArrayList<>(to.keySet());
        after.retainAll(from.keySet());
        if (!before.equals(after) && !field.equals(SUBJECTS)) {
            var was = String.join(", ", before);
            changes.add(new FieldChange(subject, field, was, String.join(", ", after)));
        }
    }

    private static boolean sameKind(@Nullable JsonNode from, @Nullable JsonNode to) {
        return from == null || to == null || from.getNodeType() == to.getNodeType();
    }

    private static Map<String, JsonNode> fields(@Nullable JsonNode node) {
        var result = new LinkedHashMap<String, JsonNode>();
        if (node != null) {
            node.propertyStream().forEach(e -> result.put(e.getKey(), e.getValue()));
        }
        return result;
    }

    /** An empty array names nothing, so the other side decides. */
    private static boolean isNamedArray(@Nullable JsonNode node) {
        return node != null && node.isArray() && !node.isEmpty() && nameField(node.get(0)) != null;
    }

    private static @Nullable String nameField(JsonNode item) {
        return NAMES.stream().filter(item::has).findFirst().orElse(null);
    }

    private static Map<String, JsonNode> items(@Nullable JsonNode array) {
        var result = new LinkedHashMap<String, JsonNode>();
        if (array != null) {
            for (var item : array) {
                var field = nameField(item);
                var name = field == null ? item.toString() : item.get(field).asString();
                // Two of one name are told apart by how many of it came before.
                while (result.containsKey(name)) {
                    name += "'";
                }
                result.put(name, item);
            }
        }
        return result;
    }

    private static String text(@Nullable JsonNode node) {
        if (node == null) {
            return "";
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
