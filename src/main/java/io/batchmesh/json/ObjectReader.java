package io.batchmesh.json;

import io.batchmesh.quantity.Bandwidths;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.quantity.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads one JSON object field by field. Each fault is noted with its place and replaced by a
 * harmless value, so that reading goes on; a field that nobody asked for is a fault.
 */
public final class ObjectReader {
    private final JsonNode node;
    private final String pointer;
    private final Faults faults;
    private final Set<String> asked = new LinkedHashSet<>();

    private ObjectReader(JsonNode node, String pointer, Faults faults) {
        this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        this.pointer = pointer;
        this.faults = faults;
        if (!node.isObject()) {
            faults.add(pointer, "expected an object, found " + kind(node), "write { … }");
        }
    }

    static <T> T root(JsonDocument document, Faults faults, Function<ObjectReader, T> reader) {
        return run(new ObjectReader(document.root(), "", faults), reader);
    }

    private static <T> T run(ObjectReader object, Function<ObjectReader, T> reader) {
        T value = reader.apply(object);
        object.reportUnknown();
        return value;
    }

    private void reportUnknown() {
        for (var name : node.propertyNames()) {
            if (!asked.contains(name)) {
                var known = String.join(", ", asked);
                faults.add(at(name), "unknown field '" + name + "'", "known here: " + known);
            }
        }
    }

    public String pointer() {
        return pointer;
    }

    /** The pointer of a field of this object. */
    public String at(String name) {
        return pointer + "/" + PositionScan.escape(name);
    }

    /** Notes a fault of a field's value. */
    public void fault(String name, String message, String mend) {
        faults.add(at(name), message, mend);
    }

    /** Notes a fault of this object as a whole. */
    public void faultHere(String message, String mend) {
        faults.add(pointer, message, mend);
    }

    /** The names of all fields, in the order of the text; for objects whose keys are data. */
    public List<String> names() {
        var names = new ArrayList<String>(node.propertyNames());
        asked.addAll(names);
        return names;
    }

    public boolean has(String name) {
        return field(name) != null;
    }

    /** The raw value of a field, or null where there is none. */
    public @Nullable JsonNode raw(String name) {
        return field(name);
    }

    private @Nullable JsonNode field(String name) {
        asked.add(name);
        var value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A text that must be there; empty where it is not. */
    public String string(String name) {
        var value = optionalString(name);
        if (value == null && field(name) == null) {
            missing(name);
        }
        return value == null ? "" : value;
    }

    private void missing(String name) {
        faults.add(pointer, "the field '" + name + "' is missing", "add it");
    }

    public @Nullable String optionalString(String name) {
        return scalar(name, "a text", v -> v.isString() ? v.stringValue() : null);
    }

    public String string(String name, String otherwise) {
        var value = optionalString(name);
        return value == null ? otherwise : value;
    }

    /** A whole number within bounds (inclusive), or {@code otherwise} where there is none. */
    public int integer(String name, Range range, int otherwise) {
        var value =
                scalar(name, "a whole number", v -> v.isIntegralNumber() ? v.decimalValue() : null);
        if (value == null) {
            return otherwise;
        }
        if (value.doubleValue() < range.least() || value.doubleValue() > range.most()) {
            fault(name, value.toPlainString() + " is out of range", range.describe());
            return otherwise;
        }
        return value.intValue();
    }

    /** A finite number within bounds (inclusive), or {@code otherwise} where there is none. */
    public double number(String name, Range range, double otherwise) {
        var value = scalar(name, "a number", v -> v.isNumber() ? v.doubleValue() : null);
        if (value == null) {
            return otherwise;
        }
        if (!(value >= range.least() && value <= range.most())) {
            fault(name, value + " is out of range", range.describe());
            return otherwise;
        }
        return value;
    }

    public boolean flag(String name, boolean otherwise) {
        var value = scalar(name, "true or false", v -> v.isBoolean() ? v.booleanValue() : null);
        return value == null ? otherwise : value;
    }

    public @Nullable Duration duration(String name) {
        return quantity(name, Durations::parse);
    }

    public Duration duration(String name, Duration otherwise) {
        var value = duration(name);
        return value == null ? otherwise : value;
    }

    /** A size in bytes, or null where there is none. */
    public @Nullable Long size(String name) {
        return quantity(name, Sizes::parse);
    }

    public long size(String name, long otherwise) {
        var value = size(name);
        return value == null ? otherwise : value;
    }

    /** A bandwidth in bits per second, or null where there is none. */
    public @Nullable Long bandwidth(String name) {
        return quantity(name, Bandwidths::parse);
    }

    /** One of an enum's constants by their labels, or {@code otherwise} where there is none. */
    public <E extends Enum<E>> E choice(String name, Choice<E> choice, E otherwise) {
        var text = optionalString(name);
        if (text == null) {
            return otherwise;
        }
        var found = choice.find(text);
        if (found == null) {
            fault(name, "'" + text + "' is not known here", "one of " + choice.labels());
        }
        return found == null ? otherwise : found;
    }

    private <T> @Nullable T quantity(String name, Function<String, T> parse) {
        var text = optionalString(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (QuantityException e) {
            fault(name, String.valueOf(e.getMessage()), "");
            return null;
        }
    }

    private <T> @Nullable T scalar(
            String name, String expected, Function<JsonNode, @Nullable T> read) {
        var value = field(name);
        if (value == null) {
            return null;
        }
        var result = read.apply(value);
        if (result == null) {
            fault(name, "expected " + expected + ", found " + kind(value), "");
        }
        return result;
    }

    /** An object, read by {@code reader}; null where there is none. */
    public <T> @Nullable T object(String name, Function<ObjectReader, T> reader) {
        var value = field(name);
        return value == null ? null : run(new ObjectReader(value, at(name), faults), reader);
    }

    /** An array of texts; empty where there is none. */
    public List<String> strings(String name) {
        return items(name, (item, place) -> text(item, place));
    }

    private String text(JsonNode item, String place) {
        if (item.isString()) {
            return item.stringValue();
        }
        faults.add(place, "expected a text, found " + kind(item), "");
        return "";
    }

    /** An array of objects; empty where there is none. */
    public <T> List<T> objects(String name, Function<ObjectReader, T> reader) {
        return items(name, (item, place) -> run(new ObjectReader(item, place, faults), reader));
    }

    private <T> List<T> items(String name, java.util.function.BiFunction<JsonNode, String, T> f) {
        var value = field(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            fault(name, "expected an array, found " + kind(value), "write [ … ]");
            return List.of();
        }
        var list = new ArrayList<T>();
        for (int i = 0; i < value.size(); i++) {
            list.add(f.apply(value.get(i), at(name) + "/" + i));
        }
        return List.copyOf(list);
    }

    /** An object whose keys are data, in the order of the text; empty where there is none. */
    public <T> Map<String, T> map(String name, Function<ObjectReader, T> reader) {
        return entries(name, (owner, key) -> owner.object(key, reader));
    }

    /** An object whose keys are data; {@code read} gets the object and each key in turn. */
    public <T> Map<String, T> entries(
            String name, java.util.function.BiFunction<ObjectReader, String, @Nullable T> read) {
        var result = new LinkedHashMap<String, T>();
        object(
                name,
                owner -> {
                    for (var key : owner.names()) {
                        var value = read.apply(owner, key);
                        if (value != null) {
                            result.put(key, value);
                        }
                    }
                    return result;
                });
        return java.util.Collections.unmodifiableMap(result);
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "the number " + node;
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "something else";
        };
    }
}
