package io.batchmesh.push;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many proxies get a change before the others: after each wave so many of them in all have it.
 *
 * @param parts at least one; the last is all
 */
public record Waves(List<Part> parts) {
    /** One proxy, a quarter of them, all. */
    public static final Waves CANARY =
            new Waves(List.of(new Part(1, false), new Part(25, true), new Part(100, true)));

    /** All at once. */
    public static final Waves ALL = new Waves(List.of(new Part(100, true)));

    public Waves {
        parts = List.copyOf(parts);
    }

    /**
     * How far a wave reaches.
     *
     * @param amount proxies, or percent of them
     * @param percent whether it is percent
     */
    public record Part(int amount, boolean percent) {
        private int reach(int all) {
            long count = percent ? ((long) all * amount + 99) / 100 : amount;
            return (int) Math.min(count, all);
        }

        @Override
        public String toString() {
            return percent ? amount + "%" : Integer.toString(amount);
        }
    }

    /** Reads a text such as {@code 1,25%,100%}; null when it is none or does not end with all. */
    public static @Nullable Waves parse(String text) {
        var parts = new ArrayList<Part>();
        for (var word : text.split(",", -1)) {
            var part = part(word.strip());
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return parts.getLast().equals(new Part(100, true)) ? new Waves(parts) : null;
    }

    private static @Nullable Part part(String word) {
        boolean percent = word.endsWith("%");
        var digits = percent ? word.substring(0, word.length() - 1) : word;
        if (!digits.matches("[0-9]{1,6}")) {
            return null;
        }
        int amount = Integer.parseInt(digits);
        return amount == 0 || (percent && amount > 100) ? null : new Part(amount, percent);
    }

    /** Cuts a list into the waves; a wave that would add nothing is left out. */
    <T> List<List<T>> cut(List<T> all) {
        var waves = new ArrayList<List<T>>();
        int from = 0;
        for (var part : parts) {
            int to = part.reach(all.size());
            if (to > from) {
                waves.add(List.copyOf(all.subList(from, to)));
                from = to;
            }
        }
        return waves;
    }

    @Override
    public String toString() {
        return String.join(",", parts.stream().map(Part::toString).toList());
    }
}
