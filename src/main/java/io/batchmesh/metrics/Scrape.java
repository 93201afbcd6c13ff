package io.batchmesh.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * One reading of one target: a number for each series of its {@link SeriesTable}. It can be read
 * into again and again, and allocates nothing once all series are known. For one thread at a time.
 */
public final class Scrape {
    private static final byte[] NOTHING = {};

    private final SeriesTable table;
    private final ExpositionReader reader;
    private double[] values = new double[64];
    private long[] present = new long[1];
    private int samples;
    private int duplicates;
    private byte[] current = NOTHING;

    /** An empty reading of the target whose series the table holds. */
    public Scrape(SeriesTable table) {
        this.table = table;
        this.reader = new ExpositionReader(table, new Store());
    }

    /** The series. */
    public SeriesTable table() {
        return table;
    }

    /** Number of samples read. */
    public int samples() {
        return samples;
    }

    /**
     * Number of samples left out because their series had one already: as in Prometheus the first
     * counts, unless they have timestamps, when the last does.
     */
    public int duplicates() {
        return duplicates;
    }

    /** Whether the series was there. */
    public boolean has(int id) {
        var word = id >> 6;
        return word < present.length && (present[word] & 1L << id) != 0;
    }

    /** Its number, {@code NaN} when it was not there; see {@link #has}. */
    public double value(int id) {
        return has(id) ? values[id] : Double.NaN;
    }

    /**
     * Reads a text in place of what was read before; timestamps are passed over, exemplars kept by
     * the table.
     *
     * <p>Series that the table knows are not checked again, so one table should stay with one
     * format.
     *
     * @param length bytes of {@code text} that count
     * @return nothing when all went well; otherwise what is wrong, and this reading is empty
     */
    public Optional<Malformed> read(byte[] text, int length, ExpositionFormat format) {
        clear();
        current = text;
        try {
            reader.read(text, length, format);
            return Optional.empty();
        } catch (BadLine e) {
            clear();
            return Optional.of(e.in(text));
        } finally {
            current = NOTHING;
        }
    }

    private void clear() {
        samples = 0;
        duplicates = 0;
        Arrays.fill(present, 0);
    }

    private void store(int id, Lexer line, int from) throws BadLine {
        if (++samples > table.limits().maxSamples()) {
            throw new BadLine(from, "more than " + table.limits().maxSamples() + " samples");
        }
        if (id >= values.length) {
            var capacity = Math.max(values.length * 2, table.size());
            values = Arrays.copyOf(values, capacity);
            present = Arrays.copyOf(present, (capacity >> 6) + 1);
        }
        var bit = 1L << id;
        if ((present[id >> 6] & bit) != 0 && !line.hasTimestamp()) {
            duplicates++;
            return;
        }
        present[id >> 6] |= bit;
        values[id] = line.value();
        if (line.hasExemplar()) {
            table.exemplars().keep(id, current, line, table);
        }
    }

    private final class Store implements ExpositionReader.Sink {
        @Override
        public void sample(int id, Lexer line, int from) throws BadLine {
            store(id, line, from);
        }

        @Override
        public void metadata(MetadataLine said, int from) {}
    }
}
