package io.batchmesh.metrics;

/**
 * Reads an exposition line by line, tells known lines by the table of the target and learns those
 * that are new. The only reading of expositions that there is: {@link Scrape} keeps the numbers,
 * {@link Exposition} makes objects of them.
 */
final class ExpositionReader {
    /**
     * Lines out of their order, one behind the other, after which only every eighth or so is looked
     * for where it stood last time: a target that shuffles them shuffles them all.
     */
    private static final int LOST = 16;

    private final SeriesTable table;
    private final Lexer line;
    private final Sink sink;

    ExpositionReader(SeriesTable table, Sink sink) {
        this.table = table;
        this.line = new Lexer(table.limits());
        this.sink = sink;
    }

    /** Takes what is read, line by line. */
    interface Sink {
        /**
         * A sample; {@code line} still holds its value, timestamp and exemplar.
         *
         * @param id of its series in the table
         * @param from where the line begins
         */
        void sample(int id, Lexer line, int from) throws BadLine;

        /** What is said about a family. Comments and the end are left out. */
        void metadata(MetadataLine said, int from) throws BadLine;
    }

    /** Reads the first {@code length} bytes of a text from its beginning to its end. */
    void read(byte[] text, int length, ExpositionFormat format) throws BadLine {
        line.open(text, length, format);
        var previous = SeriesTable.NONE;
        var astray = 0;
        while (line.line()) {
            var from = line.position();
            var id =
                    astray < LOST || (from & 7) == 0
                            ? table.follower(previous, text, from, length)
                            : SeriesTable.NONE;
            if (id != SeriesTable.NONE && resume(id, from)) {
                astray = 0;
            } else {
                astray++;
                id = line.comment() ? metadata(text, from) : series(text, from);
                if (id == SeriesTable.NONE) {
                    if (line.strict()) {
                        end(length);
                        return;
                    }
                    continue;
                }
                table.follows(previous, id);
            }
            previous = id;
        }
        if (line.strict()) {
            throw new BadLine(length, "'# EOF' is missing: the text is cut short");
        }
    }

    /** Goes on behind a line that stands where it stood last time. */
    private boolean resume(int id, int from) throws BadLine {
        var behind = from + table.length(id);
        if (table.isSeries(id)) {
            if (!line.mayBeValue(behind)) {
                return false;
            }
            line.valueAndRest(behind);
            sink.sample(id, line, from);
        } else {
            line.skipTo(behind - 1);
            said(id, from);
        }
        return true;
    }

    /** {@link SeriesTable#NONE} for a comment, which in OpenMetrics can only be the end. */
    private int metadata(byte[] text, int from) throws BadLine {
        var end = line.lineEnd();
        line.skipTo(end);
        var id = table.find(text, from, end);
        if (id == SeriesTable.NONE) {
            var read = MetadataLine.read(text, from, end, line.strict());
            if (read.family().isEmpty()) {
                return SeriesTable.NONE;
            }
            id = table.add(text, from, end, read);
        }
        said(id, from);
        return id;
    }

    private void said(int id, int from) throws BadLine {
        var said = table.metadata(id);
        if (said != null) {
            sink.metadata(said, from);
        }
    }

    private int series(byte[] text, int from) throws BadLine {
        var end = line.likelySeriesEnd();
        var id = end < 0 ? SeriesTable.NONE : table.find(text, from, end);
        if (id == SeriesTable.NONE) {
            end = line.seriesEnd();
            id = table.find(text, from, end);
        }
        if (id == SeriesTable.NONE) {
            SeriesReader.check(text, from, end, line.strict(), table.limits().maxLabels());
            id = table.addSeries(text, from, end);
        }
        line.sample(end);
        sink.sample(id, line, from);
        return id;
    }

    private void end(int length) throws BadLine {
        if (line.position() < length) {
            throw new BadLine(line.position(), "nothing may follow '# EOF'");
        }
    }
}
