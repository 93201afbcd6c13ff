package io.batchmesh.cli;

import java.util.Locale;

/** Numbers with their units, for people; what is not known is a dash. */
final class Figures {
    private static final String UNKNOWN = "–";

    private Figures() {}

    /** Events per second: {@code 612/s}, {@code 61.2/s}, {@code 6.12/s}. */
    static String rate(double perSecond) {
        return Double.isNaN(perSecond) ? UNKNOWN : digits(perSecond) + "/s";
    }

    /** A bare number with three digits. */
    static String number(double value) {
        return Double.isNaN(value) ? UNKNOWN : digits(value);
    }

    /** Seconds: {@code 1.25 s}, {@code 18.2 ms}, {@code 0.142 ms}. */
    static String latency(double seconds) {
        if (Double.isNaN(seconds)) {
            return UNKNOWN;
        }
        return Math.abs(seconds) >= 1 ? digits(seconds) + " s" : digits(seconds * 1e3) + " ms";
    }

    private static String digits(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
