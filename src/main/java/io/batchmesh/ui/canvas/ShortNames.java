package io.batchmesh.ui.canvas;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Names without what nearly all of them begin and end with: of {@code ts-order-service} and forty
 * more like it, {@code order} is what tells them apart where there is little room.
 */
final class ShortNames {
    private static final int LEAST_SERVICES = 6;
    private static final double NEARLY_ALL = 0.75;

    private final @Nullable String prefix;
    private final @Nullable String suffix;
    private final Set<String> taken = new HashSet<>();

    ShortNames(Collection<String> names) {
        prefix = common(names, name -> name.substring(0, name.indexOf('-') + 1));
        suffix = common(names, name -> name.substring(Math.max(0, name.lastIndexOf('-'))));
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(cut(name))) {
                taken.add(cut(name));
            }
        }
    }

    /** The short form; the name itself where that would be nothing or another's. */
    String of(String name) {
        var cut = cut(name);
        return cut.isEmpty() || taken.contains(cut) ? name : cut;
    }

    private String cut(String name) {
        var from = prefix != null && name.startsWith(prefix) ? prefix.length() : 0;
        var to = name.length();
        if (suffix != null && name.endsWith(suffix) && to - suffix.length() > from) {
            to -= suffix.length();
        }
        return name.substring(from, to);
    }

    private static @Nullable String common(
            Collection<String> names, Function<String, String> part) {
        if (names.size() < LEAST_SERVICES) {
            return null;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (var name : names) {
            if (name.indexOf('-') >= 0) {
                counts.merge(part.apply(name), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(e -> e.getValue() >= NEARLY_ALL * names.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
