package io.batchmesh.ui;

import java.util.List;

/**
 * Comma-separated values by RFC 4180: lines end with CR LF, a field with a comma, a quote or a line
 * break stands in quotes, and quotes in it are doubled.
 */
public final class Csv {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    public Csv line(List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            text.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
        }
        text.append("\r\n");
        return this;
    }

    /** A number as a field: empty where it is not known, without needless digits. */
    public static String field(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String quoted(String field) {
        boolean plain =
                field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
