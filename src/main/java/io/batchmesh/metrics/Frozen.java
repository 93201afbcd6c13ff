package io.batchmesh.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unmodifiable copies that keep the order of their source, which {@code Map.copyOf} does not. */
final class Frozen {
    private Frozen() {}

    static <K, V> Map<K, V> map(Map<K, V> source) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(source));
    }

    static <K extends Enum<K>, V> Map<K, V> enums(Class<K> keys, Map<K, V> source) {
        var copy = new EnumMap<K, V>(keys);
        copy.putAll(source);
        return Collections.unmodifiableMap(copy);
    }
}
