package io.batchmesh.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The texts by which the constants of an enum are written. */
public final class Choice<E extends Enum<E>> {
    private final Map<String, E> byLabel;

    private Choice(Map<String, E> byLabel) {
        this.byLabel = byLabel;
    }

    /** A choice among all constants of an enum. */
    public static <E extends Enum<E>> Choice<E> of(Class<E> type, Function<E, String> label) {
        var map = new LinkedHashMap<String, E>();
        for (E constant : type.getEnumConstants()) {
            map.put(label.apply(constant), constant);
        }
        return new Choice<>(Collections.unmodifiableMap(map));
    }

    public @Nullable E find(String label) {
        return byLabel.get(label);
    }

    /** All labels, separated by commas. */
    public String labels() {
        return String.join(", ", byLabel.keySet());
    }
}
