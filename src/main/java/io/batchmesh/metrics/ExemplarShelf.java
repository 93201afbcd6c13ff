package io.batchmesh.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last exemplar of each bucket of one target. One whose bytes are those of before is not taken
 * apart again. For one thread at a time.
 */
public final class ExemplarShelf {
    /** Of a target that has more, the first ones count. */
    private static final int MOST = 4_096;

    private static final int LONGEST = 512;

    private final Map<Integer, Entry> entries = new HashMap<>();

    ExemplarShelf() {}

    /**
     * An exemplar.
     *
     * @param series the bucket that it belongs to
     * @param exemplar the last one
     */
    public record Kept(SeriesName series, Exemplar exemplar) {}

    private static final class Entry {
        private final @Nullable SeriesName series;
        private byte[] bytes = {};
        private @Nullable Exemplar exemplar;

        private Entry(@Nullable SeriesName series) {
            this.series = series;
        }
    }

    void keep(int id, byte[] text, Lexer line, SeriesTable table) {
        var entry = entries.get(id);
        if (entry == null) {
            if (entries.size() >= MOST) {
                return;
            }
            var name = table.name(id);
            boolean bucket = name != null && name.metric().endsWith("_bucket");
            entry = new Entry(bucket ? name : null);
            entries.put(id, entry);
        }
        int from = line.exemplarFrom();
        int to = line.exemplarTo();
        boolean same = Arrays.equals(text, from, to, entry.bytes, 0, entry.bytes.length);
        if (entry.series == null || same || to - from > LONGEST) {
            return;
        }
        entry.bytes = Arrays.copyOfRange(text, from, to);
        entry.exemplar = read(text, line, table.limits().maxLabels());
    }

    /** One that makes no sense says nothing, and spoils nothing else. */
    private static @Nullable Exemplar read(byte[] text, Lexer line, int maxLabels) {
        try {
            var span = line.exemplar();
            if (span == null) {
                return null;
            }
            var labels =
                    SeriesReader.labels(
                            text, span.labelsFrom(), span.labelsTo(), line.strict(), maxLabels);
            return new Exemplar(labels, span.value(), span.timestamp());
        } catch (BadLine e) {
            return null;
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All of them, in no order. */
    public Collection<Kept> all() {
        List<Kept> all = new ArrayList<>();
        for (var entry : entries.values()) {
            if (entry.series != null && entry.exemplar != null) {
                all.add(new Kept(entry.series, entry.exemplar));
            }
        }
        return all;
    }
}
