package io.batchmesh.admin.tap;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which statuses are wanted.
 *
 * @param from the least
 * @param to the greatest
 */
public record CodeRange(int from, int to) {
    private static final Pattern FORM = Pattern.compile("([1-5])(xx|\\d\\d)");

    /** {@code 404}, or {@code 5xx} for a class; null for anything else. */
    public static @Nullable CodeRange parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        if (text.endsWith("xx")) {
            int first = (text.charAt(0) - '0') * 100;
            return new CodeRange(first, first + 99);
        }
        int code = Integer.parseInt(text);
        return new CodeRange(code, code);
    }

    /** Whether this is one of them. */
    public boolean has(int code) {
        return code >= from && code <= to;
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return from == to ? String.valueOf(from) : from / 100 + "xx";
    }
}
