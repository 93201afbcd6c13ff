package io.batchmesh.quantity;

import java.time.Duration;
import java.util.Map;

/** Durations as texts: {@code 250us}, {@code 5ms}, {@code 1.5s}, {@code 2min}, {@code 1h}. */
public final class Durations {
    private static final UnitTable UNITS =
            new UnitTable(
                    "duration",
                    "5ms, 250us, 1.5s, 2min",
                    Map.of(
                            "ns", 1L,
                            "us", 1_000L,
                            "µs", 1_000L,
                            "ms", 1_000_000L,
                            "s", 1_000_000_000L,
                            "min", 60_000_000_000L,
                            "m", 60_000_000_000L,
                            "h", 3_600_000_000_000L));

    private Durations() {}

    /**
     * Reads a duration; spaces around number and unit are allowed.
     *
     * @throws QuantityException when the text is no duration, is negative, or exceeds 292 years
     */
    public static Duration parse(String text) {
        return Duration.ofNanos(UNITS.parse(text));
    }

    /** The shortest exact text, in the largest unit of which it is a whole number. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos % 3_600_000_000_000L == 0) {
            return nanos / 3_600_000_000_000L + "h";
        }
        if (nanos % 60_000_000_000L == 0) {
            return nanos / 60_000_000_000L + "min";
        }
        if (nanos % 1_000_000_000L == 0) {
            return nanos / 1_000_000_000L + "s";
        }
        if (nanos % 1_000_000L == 0) {
            return nanos / 1_000_000L + "ms";
        }
        return nanos % 1_000L == 0 ? nanos / 1_000L + "us" : nanos + "ns";
    }

    /** Seconds as a floating-point number, as metrics and JSON output carry them. */
    public static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
