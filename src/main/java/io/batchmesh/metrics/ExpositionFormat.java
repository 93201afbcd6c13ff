package io.batchmesh.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two text formats in which metrics are exposed. */
public enum ExpositionFormat {
    /**
     * Prometheus text, version 0.0.4: comments, blank lines and blanks between tokens are allowed,
     * timestamps are milliseconds.
     */
    PROMETHEUS,
    /**
     * OpenMetrics text, version 1.0: single spaces, no comments, timestamps are seconds, and {@code
     * # EOF} ends it, so that a body cut short is noticed.
     */
    OPENMETRICS;

    /** What to ask a target for: both can be read, OpenMetrics is liked better. */
    public static final String ACCEPT =
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private static final byte[] END = "# EOF".getBytes(StandardCharsets.US_ASCII);

    /** The format that a {@code Content-Type} names; Prometheus text when it names none. */
    public static ExpositionFormat of(@Nullable String contentType) {
        return contentType != null
                        && contentType
                                .toLowerCase(Locale.ROOT)
                                .startsWith("application/openmetrics-text")
                ? OPENMETRICS
                : PROMETHEUS;
    }

    /** The format of a text without content type: what ends in {@code # EOF} is OpenMetrics. */
    public static ExpositionFormat guess(byte[] text) {
        var end = text.length;
        while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
            end--;
        }
        var start = end - END.length;
        return start >= 0
                        && (start == 0 || text[start - 1] == '\n')
                        && Arrays.equals(text, start, end, END, 0, END.length)
                ? OPENMETRICS
                : PROMETHEUS;
    }
}
