package io.batchmesh.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Walks over the lines of an exposition and finds where their parts begin and end, without
 * allocation. What the parts mean is read by {@link SeriesReader} and {@link MetadataLine}, once
 * for each that is new.
 */
final class Lexer {
    private final ExpositionLimits limits;
    private byte[] text = new byte[0];
    private int end;
    private boolean strict;
    private int at;

    /** Where the sample's parts are after {@link #sample}. */
    private double value;

    private int timestampFrom;
    private int timestampTo;
    private int exemplarFrom;
    private int exemplarTo;

    Lexer(ExpositionLimits limits) {
        this.limits = limits;
    }

    void open(byte[] bytes, int length, ExpositionFormat format) throws BadLine {
        if (length > limits.maxBytes()) {
            throw new BadLine(0, "the text is longer than " + limits.maxBytes() + " bytes");
        }
        text = bytes;
        end = length;
        strict = format == ExpositionFormat.OPENMETRICS;
        at = 0;
    }

    /** Whether the format is OpenMetrics. */
    boolean strict() {
        return strict;
    }

    int position() {
        return at;
    }

    /**
     * Goes to the beginning of the next line that is not blank.
     *
     * @return false at the end of the text
     */
    boolean line() throws BadLine {
        if (strict) {
            return at < end;
        }
        while (at < end && isSpace(text[at])) {
            at++;
        }
        return at < end;
    }

    /** Whether the line is a comment or metadata. */
    boolean comment() {
        return text[at] == '#';
    }

    /** End of the line without its terminator; also checks its length. */
    int lineEnd() throws BadLine {
        var stop = Bytes.feed(text, at, end);
        checkLength(at, stop);
        return stop > at && text[stop - 1] == '\r' ? stop - 1 : stop;
    }

    /** Goes behind the terminator of the line whose end is {@code lineEnd}. */
    void skipTo(int lineEnd) {
        at = lineEnd;
        if (at < end && text[at] == '\r') {
            at++;
        }
        if (at < end && text[at] == '\n') {
            at++;
        }
    }

    /**
     * End of the name and labels of the sample that begins here. Quotes are respected, nothing else
     * is checked.
     */
    int seriesEnd() throws BadLine {
        var i = nameEnd(at);
        var brace = i;
        if (!strict) {
            while (brace < end && isBlank(text[brace])) {
                brace++;
            }
        }
        if (brace < end && text[brace] == '{') {
            i = labelsEnd(brace);
        }
        checkLength(at, i);
        return i;
    }

    private int nameEnd(int from) {
        var i = from;
        while (i < end && text[i] > ' ' && text[i] != '{') {
            i++;
        }
        return i;
    }

    /** Behind the brace that closes the labels which open at {@code brace}. */
    int labelsEnd(int brace) throws BadLine {
        var i = Bytes.quoteOrBrace(text, brace + 1, end);
        while (i < end) {
            switch (text[i]) {
                case '}' -> {
                    return i + 1;
                }
                case '"' -> i = Bytes.quoteOrBrace(text, quoteEnd(i), end);
                default -> throw new BadLine(i, "the labels are not closed by '}'");
            }
        }
        throw new BadLine(i, "the text ends within labels");
    }

    private int quoteEnd(int quote) throws BadLine {
        var i = quote + 1;
        while (i < end) {
            i = Bytes.quoteOrFeed(text, i, end);
            if (i >= end || text[i] == '\n') {
                break;
            }
            if (text[i] == '"') {
                return i + 1;
            }
            i += i + 1 < end && text[i + 1] != '\n' ? 2 : 1;
        }
        throw new BadLine(quote, "the quoted text is not closed by '\"'");
    }

    /**
     * Where the labels of the sample that begins here end when nothing but a number follows them;
     * found from the end of the line, so that it holds only for a line whose labels are known.
     *
     * @return -1 when the line is not of that kind
     */
    int likelySeriesEnd() {
        var i = Bytes.feed(text, at, end);
        while (i > at && text[i - 1] > ' ') {
            i--;
        }
        return i - 1 > at && text[i - 1] == ' ' && text[i - 2] == '}' ? i - 1 : -1;
    }

    /**
     * Reads what follows the name and labels up to the end of the line, and goes to the next line.
     */
    void sample(int seriesEnd) throws BadLine {
        valueAndRest(blanks(seriesEnd, "a value"));
    }

    /** Whether a value may begin here: neither a further blank nor the labels of a bare name. */
    boolean mayBeValue(int from) {
        return from < end && text[from] > ' ' && text[from] != '{';
    }

    /** As {@link #sample}, where the value is known to begin. */
    void valueAndRest(int from) throws BadLine {
        timestampFrom = 0;
        timestampTo = 0;
        exemplarFrom = 0;
        exemplarTo = 0;
        var last = Math.min(end, from + Numbers.LONG_DIGITS);
        long number = 0;
        var i = from;
        for (; i < last; i++) {
            var digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        if (i > from && i < end && text[i] == '\n') {
            // Most samples are counts: a long is rounded to the nearest double.
            value = number;
            checkLength(at, i);
            at = i + 1;
            return;
        }
        if (i > from && i < end && text[i] == ' ') {
            value = number;
            rest(i);
            return;
        }
        var to = tokenEnd(i);
        value = Numbers.parse(text, from, to);
        rest(to);
    }

    double value() {
        return value;
    }

    boolean hasTimestamp() {
        return timestampTo > timestampFrom;
    }

    /** The timestamp of the last sample in seconds, {@code NaN} if it had none. */
    double timestamp() throws BadLine {
        return timestamp(timestampFrom, timestampTo);
    }

    /** Whether the last sample had an exemplar. */
    boolean hasExemplar() {
        return exemplarTo > exemplarFrom;
    }

    /** Where the exemplar of the last sample begins, if it had one. */
    int exemplarFrom() {
        return exemplarFrom;
    }

    /** Where it ends. */
    int exemplarTo() {
        return exemplarTo;
    }

    /** The exemplar of the last sample, {@code null} if it had none. */
    @Nullable ExemplarSpan exemplar() throws BadLine {
        if (exemplarFrom == exemplarTo) {
            return null;
        }
        var brace = blanks(exemplarFrom + 1, "an exemplar");
        var close = labelsEnd(brace);
        var from = blanks(close, "an exemplar's value");
        var to = tokenEnd(from);
        var time = to == exemplarTo ? to : blanks(to, "a timestamp");
        // An exemplar's timestamp is in seconds in either format: it comes from OpenMetrics.
        var timestamp = time == exemplarTo ? Double.NaN : Numbers.parse(text, time, exemplarTo);
        return new ExemplarSpan(brace, close, Numbers.parse(text, from, to), timestamp);
    }

    /** Where the labels of an exemplar are, and its numbers. */
    record ExemplarSpan(int labelsFrom, int labelsTo, double value, double timestamp) {}

    private double timestamp(int from, int to) throws BadLine {
        if (from == to) {
            return Double.NaN;
        }
        var number = Numbers.parse(text, from, to);
        return strict ? number : number / 1000;
    }

    /** Timestamp and exemplar, where there are any. */
    private void rest(int valueEnd) throws BadLine {
        var i = optionalBlanks(valueEnd);
        if (i < end && text[i] != '#' && !isLineEnd(i)) {
            var to = strict ? Numbers.plainEnd(text, i, end) : -1;
            if (to < 0) {
                to = tokenEnd(i);
                checkTimestamp(i, to);
            }
            timestampFrom = i;
            timestampTo = to;
            if (ended(to)) {
                return;
            }
            i = optionalBlanks(to);
        }
        if (i < end && text[i] == '#') {
            exemplarFrom = i;
            i = exemplarEnd(i);
            exemplarTo = i;
            if (ended(i)) {
                return;
            }
            i = optionalBlanks(i);
        }
        if (i < end && !isLineEnd(i)) {
            throw new BadLine(i, "unexpected " + Quote.of(text[i]) + " behind the sample");
        }
        checkLength(at, i);
        skipTo(i);
    }

    /** Whether the line ends here as most do; then goes to the next one. */
    private boolean ended(int i) throws BadLine {
        if (i >= end || text[i] != '\n') {
            return false;
        }
        checkLength(at, i);
        at = i + 1;
        return true;
    }

    /** Takes {@code # {labels} value timestamp}; what the labels are is not checked here. */
    private int exemplarEnd(int hash) throws BadLine {
        var brace = blanks(hash + 1, "an exemplar's labels");
        if (brace >= end || text[brace] != '{') {
            throw new BadLine(brace, "an exemplar must begin with '{'");
        }
        var from = blanks(labelsEnd(brace), "an exemplar's value");
        var to = Numbers.plainEnd(text, from, end);
        if (to < 0) {
            to = tokenEnd(from);
            Numbers.parse(text, from, to);
        }
        if (to < end && text[to] == '\n') {
            return to;
        }
        var next = optionalBlanks(to);
        if (next == to || next >= end || isLineEnd(next)) {
            return to;
        }
        var last = tokenEnd(next);
        checkNumber(next, last);
        return last;
    }

    private void checkTimestamp(int from, int to) throws BadLine {
        if (strict) {
            checkNumber(from, to);
        } else if (!Numbers.isInteger(text, from, to)) {
            throw new BadLine(
                    from, "'" + Quote.of(text, from, to) + "' is not a timestamp in milliseconds");
        }
    }

    private void checkNumber(int from, int to) throws BadLine {
        if (!Double.isFinite(Numbers.parse(text, from, to))) {
            throw new BadLine(from, "a timestamp must be a finite number");
        }
    }

    private int tokenEnd(int from) {
        var i = from;
        while (i < end && text[i] > ' ') {
            i++;
        }
        return i;
    }

    /** At least one blank, exactly one in OpenMetrics. */
    private int blanks(int from, String before) throws BadLine {
        if (from >= end || !isBlank(text[from])) {
            throw new BadLine(
                    from,
                    from >= end || isLineEnd(from)
                            ? "the line ends before " + before
                            : "a space is missing before " + before);
        }
        var i = from + 1;
        if (strict) {
            return i;
        }
        while (i < end && isBlank(text[i])) {
            i++;
        }
        return i;
    }

    private int optionalBlanks(int from) throws BadLine {
        if (from >= end || isLineEnd(from)) {
            return from;
        }
        var i = blanks(from, "what follows");
        if (strict && (i >= end || isLineEnd(i))) {
            throw new BadLine(from, "OpenMetrics allows no space at the end of a line");
        }
        return i;
    }

    private void checkLength(int from, int to) throws BadLine {
        if (to - from > limits.maxLineBytes()) {
            throw new BadLine(from, "a line is longer than " + limits.maxLineBytes() + " bytes");
        }
    }

    private boolean isLineEnd(int i) {
        return text[i] == '\n' || (text[i] == '\r' && (i + 1 >= end || text[i + 1] == '\n'));
    }

    private boolean isBlank(byte b) {
        return b == ' ' || (b == '\t' && !strict);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
