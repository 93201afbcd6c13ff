package io.batchmesh.metrics;

import org.jspecify.annotations.Nullable;

/**
 * A line of an exposition that begins with {@code #}.
 *
 * @param kind what it says
 * @param family of which; empty for a comment and the end
 * @param text what is said: the help with escapes resolved, the label of the type, the unit
 */
record MetadataLine(Kind kind, String family, String text) {
    /** What such a line can say. */
    enum Kind {
        HELP,
        TYPE,
        UNIT,
        EOF,
        COMMENT
    }

    private static final MetadataLine COMMENT = new MetadataLine(Kind.COMMENT, "", "");
    private static final MetadataLine END = new MetadataLine(Kind.EOF, "", "");

    /**
     * Reads one.
     *
     * @param from the {@code #}
     * @param end of the line without its terminator
     * @param strict whether it is OpenMetrics, which knows no comments
     */
    static MetadataLine read(byte[] text, int from, int end, boolean strict) throws BadLine {
        var at = blanks(text, from + 1, end, strict);
        var wordEnd = word(text, at, end);
        var keyword = Numbers.latin1(text, at, Math.min(wordEnd, at + 5));
        if (strict && keyword.equals("EOF") && wordEnd == end && at == from + 2) {
            return END;
        }
        var kind = at == from + 1 ? null : kind(keyword);
        if (kind == null) {
            if (strict) {
                throw new BadLine(
                        from, "'" + Quote.of(text, from, end) + "': OpenMetrics has no comments");
            }
            return COMMENT;
        }
        var nameFrom = blanks(text, wordEnd, end, strict);
        var ends = new int[1];
        var family = SeriesReader.name(text, nameFrom, end, ends);
        var rest = ends[0];
        if (rest < end && !isBlank(text[rest])) {
            throw new BadLine(
                    rest, "unexpected " + Quote.of(text[rest]) + " in the name of a metric");
        }
        if (strict && (rest >= end || text[rest] != ' ')) {
            throw new BadLine(rest, "a space is missing behind the name of the metric");
        }
        var line = new MetadataLine(kind, family, value(kind, text, rest, end, strict));
        if (strict) {
            line.check(rest + 1);
        }
        return line;
    }

    private static String value(Kind kind, byte[] text, int rest, int end, boolean strict)
            throws BadLine {
        var from = blanks(text, rest, end, strict);
        if (kind == Kind.HELP) {
            return SeriesReader.unescape(SeriesReader.utf8(text, from, end), strict);
        }
        var to = end;
        while (!strict && to > from && isBlank(text[to - 1])) {
            to--;
        }
        var word = SeriesReader.utf8(text, from, to);
        if (kind == Kind.TYPE && MetricType.of(word).isEmpty()) {
            throw new BadLine(from, "'" + Quote.of(text, from, to) + "' is not a type of metric");
        }
        return word;
    }

    private void check(int position) throws BadLine {
        if (kind == Kind.TYPE && text.equals(MetricType.UNTYPED.label())) {
            throw new BadLine(position, "OpenMetrics calls the type 'untyped' 'unknown'");
        }
        if (kind == Kind.UNIT && !text.isEmpty() && !family.endsWith("_" + text)) {
            throw new BadLine(
                    position, "the name '" + family + "' must end in '_" + text + "', its unit");
        }
    }

    private static @Nullable Kind kind(String keyword) {
        return switch (keyword) {
            case "HELP" -> Kind.HELP;
            case "TYPE" -> Kind.TYPE;
            case "UNIT" -> Kind.UNIT;
            default -> null;
        };
    }

    private static int blanks(byte[] text, int from, int end, boolean strict) {
        var at = from;
        if (strict) {
            return at < end && text[at] == ' ' ? at + 1 : at;
        }
        while (at < end && isBlank(text[at])) {
            at++;
        }
        return at;
    }

    private static int word(byte[] text, int from, int end) {
        var at = from;
        while (at < end && !isBlank(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
