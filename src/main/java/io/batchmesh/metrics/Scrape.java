package io.batchmesh.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * One reading of one target: a number for each series of its {@link SeriesTable}. It can be read
 * into again and again, and allocates nothing once all series are known and the numbers are short.
 * For one thread at a time.
 */
public final class Scrape {
    private final SeriesTable table;
    private final Lexer lexer;
    private double[] values = new double[64];
    private long[] present = new long[1];
    private int samples;

    /** An empty reading of the target whose series the table holds. */
    public Scrape(SeriesTable table) {
        this.table = table;
        this.lexer = new Lexer(table.limits());
    }

    /** The series. */
    public SeriesTable table() {
        return table;
    }

    /** Number of samples read. */
    public int samples() {
        return samples;
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
     * Reads a text in place of what was read before; timestamps and exemplars are passed over.
     *
     * <p>Series that the table knows are not checked again, so one table should stay with one
     * format.
     *
     * @param length bytes of {@code text} that count
     * @return nothing when all went well; otherwise what is wrong, and this reading is empty
     */
    public Optional<Malformed> read(byte[] text, int length, ExpositionFormat format) {
        clear();
        try {
            readAll(text, length, format);
            return Optional.empty();
        } catch (BadLine e) {
            clear();
            return Optional.of(e.in(text));
        }
    }

    private void clear() {
        samples = 0;
        Arrays.fill(present, 0);
    }

    private void readAll(byte[] text, int length, ExpositionFormat format) throws BadLine {
        lexer.open(text, length, format);
        var previous = SeriesTable.NONE;
        var ended = false;
        while (lexer.line()) {
            var from = lexer.position();
            if (ended) {
                throw new BadLine(from, "nothing may follow '# EOF'");
            }
            var id = table.follower(previous, text, from, length);
            if (id == SeriesTable.NONE) {
                id = lexer.comment() ? metadata(text) : series(text);
                if (id == SeriesTable.NONE) {
                    ended = lexer.strict();
                    continue;
                }
                table.follows(previous, id);
            }
            if (table.isSeries(id)) {
                lexer.sample(from + table.length(id));
                store(id, lexer.value(), from);
            } else {
                lexer.skipTo(from + table.length(id));
            }
            previous = id;
        }
        if (lexer.strict() && !ended) {
            throw new BadLine(length, "'# EOF' is missing: the text is cut short");
        }
    }

    /** {@link SeriesTable#NONE} for a comment, which in OpenMetrics can only be the end. */
    private int metadata(byte[] text) throws BadLine {
        var from = lexer.position();
        var end = lexer.lineEnd();
        var known = table.find(text, from, end);
        if (known != SeriesTable.NONE) {
            return known;
        }
        var line = MetadataLine.read(text, from, end, lexer.strict());
        if (line.family().isEmpty()) {
            lexer.skipTo(end);
            return SeriesTable.NONE;
        }
        return table.add(text, from, end, line);
    }

    private int series(byte[] text) throws BadLine {
        var from = lexer.position();
        var end = lexer.seriesEnd();
        var known = table.find(text, from, end);
        if (known != SeriesTable.NONE) {
            return known;
        }
        var name = SeriesReader.series(text, from, end, lexer.strict(), table.limits().maxLabels());
        return table.add(text, from, end, name);
    }

    private void store(int id, double value, int from) throws BadLine {
        if (++samples > table.limits().maxSamples()) {
            throw new BadLine(from, "more than " + table.limits().maxSamples() + " samples");
        }
        if (id >= values.length) {
            var capacity = Math.max(values.length * 2, table.size());
            values = Arrays.copyOf(values, capacity);
            present = Arrays.copyOf(present, (capacity >> 6) + 1);
        }
        values[id] = value;
        present[id >> 6] |= 1L << id;
    }
}
