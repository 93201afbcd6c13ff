package io.batchmesh.json;

import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.Sizes;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds a JSON object field by field; what is null or empty is left out. */
public final class ObjectWriter {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    /** An object whose fields {@code fill} puts. */
    public static ObjectNode object(Consumer<ObjectWriter> fill) {
        var writer = new ObjectWriter();
        fill.accept(writer);
        return writer.node;
    }

    public ObjectWriter put(String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
        return this;
    }

    public ObjectWriter put(String name, long value) {
        node.put(name, value);
        return this;
    }

    public ObjectWriter put(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    /**
     * A number; whole ones without a fraction, and the three that JSON has no number for as the
     * texts {@code NaN}, {@code +Inf}, {@code -Inf}.
     */
    public ObjectWriter put(String name, double value) {
        node.set(name, number(value));
        return this;
    }

    /** A number as JSON output carries it; see {@link #put(String, double)}. */
    public static JsonNode number(double value) {
        var f = JsonNodeFactory.instance;
        if (Double.isNaN(value)) {
            return f.stringNode("NaN");
        }
        if (Double.isInfinite(value)) {
            return f.stringNode(value > 0 ? "+Inf" : "-Inf");
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? f.numberNode((long) value)
                : f.numberNode(value);
    }

    public ObjectWriter put(String name, @Nullable Duration value) {
        return put(name, value == null ? null : Durations.format(value));
    }

    public ObjectWriter putSize(String name, @Nullable Long bytes) {
        return put(name, bytes == null ? null : Sizes.format(bytes));
    }

    /** A field that holds any JSON; left out when null. */
    public ObjectWriter put(String name, @Nullable JsonNode value) {
        if (value != null) {
            node.set(name, value);
        }
        return this;
    }

    /** An object made from a value; left out when the value is null. */
    public <T> ObjectWriter put(
            String name, @Nullable T value, Function<? super T, ? extends JsonNode> write) {
        return value == null ? this : put(name, write.apply(value));
    }

    /** An array made from values; left out when there are none. */
    public <T> ObjectWriter putAll(
            String name, Collection<T> values, Function<? super T, ? extends JsonNode> write) {
        return values.isEmpty() ? this : putArray(name, values, write);
    }

    /** An array made from values, written also when it is empty. */
    public <T> ObjectWriter putArray(
            String name, Collection<T> values, Function<? super T, ? extends JsonNode> write) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (T value : values) {
            array.add(write.apply(value));
        }
        node.set(name, array);
        return this;
    }

    public ObjectWriter putStrings(String name, Collection<String> values) {
        return putAll(name, values, JsonNodeFactory.instance::stringNode);
    }

    /** Fields that somebody else puts. */
    public ObjectWriter with(Consumer<ObjectWriter> fill) {
        fill.accept(this);
        return this;
    }

    /** An object whose keys are data; left out when there are none. */
    public <T> ObjectWriter putMap(
            String name, Map<String, T> values, Function<? super T, ? extends JsonNode> write) {
        if (!values.isEmpty()) {
            var map = JsonNodeFactory.instance.objectNode();
            values.forEach((key, value) -> map.set(key, write.apply(value)));
            node.set(name, map);
        }
        return this;
    }
}
