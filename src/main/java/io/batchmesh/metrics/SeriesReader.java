package io.batchmesh.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the name and labels of a series, and checks every character of them. */
final class SeriesReader {
    private final byte[] text;
    private final int end;
    private final boolean strict;
    private final int maxLabels;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private int at;
    private @Nullable String metric;

    private SeriesReader(byte[] text, int from, int end, boolean strict, int maxLabels) {
        this.text = text;
        this.at = from;
        this.end = end;
        this.strict = strict;
        this.maxLabels = maxLabels;
    }

    /**
     * Reads {@code name}, <code>name{a="b"}</code> or <code>{"name",a="b"}</code>.
     *
     * @param strict whether blanks between tokens and a comma behind the last label are refused
     */
    static SeriesName series(byte[] text, int from, int end, boolean strict, int maxLabels)
            throws BadLine {
        var reader = new SeriesReader(text, from, end, strict, maxLabels);
        if (from < end && text[from] != '{') {
            reader.metric = reader.bareName("metric");
            reader.blanks();
        }
        if (reader.at < end) {
            reader.braces(true);
        }
        if (reader.at < end) {
            throw reader.bad("unexpected " + Quote.of(text[reader.at]) + " in the name");
        }
        var metric = reader.metric;
        if (metric == null) {
            throw new BadLine(from, "the metric has no name");
        }
        return new SeriesName(metric, reader.labels);
    }

    /** Whether {@link #series} can read it. */
    static void check(byte[] text, int from, int end, boolean strict, int maxLabels)
            throws BadLine {
        var _ = series(text, from, end, strict, maxLabels);
    }

    /** Reads the labels of an exemplar. */
    static Map<String, String> labels(byte[] text, int from, int end, boolean strict, int maxLabels)
            throws BadLine {
        var reader = new SeriesReader(text, from, end, strict, maxLabels);
        reader.braces(false);
        return reader.labels;
    }

    /**
     * Reads a bare or quoted metric name at the beginning of the span and nothing behind it.
     *
     * @return the name; where it ends is {@code ends[0]}
     */
    static String name(byte[] text, int from, int end, int[] ends) throws BadLine {
        var reader = new SeriesReader(text, from, end, true, 0);
        var name =
                from < end && text[from] == '"'
                        ? reader.quoted("metric name")
                        : reader.bareName("metric");
        ends[0] = reader.at;
        return name;
    }

    private void braces(boolean nameAllowed) throws BadLine {
        if (text[at] != '{') {
            throw bad("unexpected " + Quote.of(text[at]) + " in the name");
        }
        at++;
        blanks();
        var first = true;
        while (peek() != '}') {
            if (!first) {
                expect(',');
                blanks();
                if (!strict && peek() == '}') {
                    break;
                }
            } else if (!strict && peek() == ',') {
                throw bad("a label is missing before ','");
            }
            first = false;
            element(nameAllowed);
            blanks();
        }
        at++;
    }

    private void element(boolean nameAllowed) throws BadLine {
        var from = at;
        var quoted = peek() == '"';
        var name = quoted ? quoted("name") : bareName("label");
        blanks();
        if (quoted && nameAllowed && (peek() == ',' || peek() == '}')) {
            if (metric != null) {
                throw new BadLine(from, "the metric has two names");
            }
            metric = name;
            return;
        }
        expect('=');
        blanks();
        if (peek() != '"') {
            throw bad("the value of label '" + name + "' must be in quotes");
        }
        if (labels.size() >= maxLabels) {
            throw new BadLine(from, "more than " + maxLabels + " labels");
        }
        if (labels.put(name, string()) != null) {
            throw new BadLine(from, "label '" + name + "' occurs twice");
        }
    }

    private String bareName(String what) throws BadLine {
        var from = at;
        while (at < end && isNameByte(text[at], what.equals("metric"))) {
            at++;
        }
        if (from == at) {
            throw bad(
                    at < end
                            ? "a " + what + " name cannot begin with " + Quote.of(text[at])
                            : "a " + what + " name is missing");
        }
        if (Numbers.isDigit(text[from])) {
            throw new BadLine(from, "a " + what + " name cannot begin with a digit");
        }
        return Numbers.latin1(text, from, at);
    }

    private static boolean isNameByte(byte b, boolean colon) {
        var lower = b | 0x20;
        return (lower >= 'a' && lower <= 'z')
                || Numbers.isDigit(b)
                || b == '_'
                || (colon && b == ':');
    }

    private String quoted(String what) throws BadLine {
        var from = at;
        var name = string();
        if (name.isEmpty()) {
            throw new BadLine(from, "a quoted " + what + " must not be empty");
        }
        return name;
    }

    /** Reads a quoted text; the byte here is its first quote. */
    private String string() throws BadLine {
        var from = ++at;
        var escaped = false;
        while (peek() != '"') {
            if (text[at] == '\n') {
                throw new BadLine(from - 1, "the quoted text is not closed by '\"'");
            }
            if (text[at] == '\\') {
                escaped = true;
                at++;
                peek();
            }
            at++;
        }
        var read = utf8(text, from, at);
        at++;
        return escaped ? unescape(read, true) : read;
    }

    static String utf8(byte[] text, int from, int to) throws BadLine {
        for (var i = from; i < to; i++) {
            if (text[i] < 0) {
                return decode(text, from, to);
            }
        }
        return Numbers.latin1(text, from, to);
    }

    private static String decode(byte[] text, int from, int to) throws BadLine {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadLine(from, "'" + Quote.of(text, from, to) + "' is not UTF-8");
        }
    }

    /** Resolves the three escapes that the formats know; any other backslash stays as it is. */
    static String unescape(String escaped, boolean quotes) {
        var plain = new StringBuilder(escaped.length());
        for (var i = 0; i < escaped.length(); i++) {
            var c = escaped.charAt(i);
            if (c != '\\' || i + 1 == escaped.length()) {
                plain.append(c);
                continue;
            }
            var next = escaped.charAt(++i);
            switch (next) {
                case 'n' -> plain.append('\n');
                case '\\' -> plain.append('\\');
                case '"' -> plain.append(quotes ? "\"" : "\\\"");
                default -> plain.append('\\').append(next);
            }
        }
        return plain.toString();
    }

    private void blanks() {
        while (!strict && at < end && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
    }

    private byte peek() throws BadLine {
        if (at >= end) {
            throw bad("the line ends within labels");
        }
        return text[at];
    }

    private void expect(char wanted) throws BadLine {
        if (peek() != wanted) {
            throw bad("expected '" + wanted + "', found " + Quote.of(text[at]));
        }
        at++;
    }

    private BadLine bad(String message) {
        return new BadLine(at, message);
    }
}
