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

    /** The format of a text without content type: only OpenMetrics says where it ends. */
    public static ExpositionFormat guess(byte[] text) {
        for (var at = 0; at < text.length; at = Bytes.feed(text, at, text.length) + 1) {
            var stop = at + END.length;
            if (stop <= text.length && Arrays.equals(text, at, stop, END, 0, END.length)) {
                return OPENMETRICS;
            }
        }
        return PROMETHEUS;
    }
}
