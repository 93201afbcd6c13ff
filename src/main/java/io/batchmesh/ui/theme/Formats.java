package io.batchmesh.ui.theme;

import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Numbers with their units, for people. A value is always worded with the same count of digits, so
 * that it does not jump when it changes; what is unknown ({@code NaN}) is a dash and never zero.
 */
public final class Formats {
    /** What stands for a value that is not known. */
    public static final String UNKNOWN = "–";

    private static final String[] THOUSANDS = {"", "k", "M", "G", "T", "P"};
    private static final String[] KIBI = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Formats() {}

    /** Events per second: {@code 6.14k/s}, {@code 479/s}, {@code 4.00/s}, {@code 0/s}. */
    public static String rate(double perSecond) {
        return withUnit(scaled(perSecond), "/s");
    }

    /** A bare number: {@code 6.14k}, {@code 31.6}, {@code 0.33}. */
    public static String number(double value) {
        return scaled(value);
    }

    /** A whole number with its thousands apart: {@code 6,120}. */
    public static String count(double value) {
        return worded(value, v -> String.format(Locale.ROOT, "%,.0f", v));
    }

    /** Seconds: {@code 18 ms}, {@code 1.8 ms}, {@code 0.42 ms}, {@code 8.5 µs}, {@code 1.2 s}. */
    public static String latency(double seconds) {
        if (seconds < 0) {
            // Less than half of what the smallest unit can show is nothing, and has no sign.
            return seconds > -5e-8 ? latency(0) : "−" + latency(-seconds);
        }
        return worded(seconds, Formats::finiteLatency);
    }

    public static String latency(Duration duration) {
        return latency(seconds(duration));
    }

    /** Bytes in powers of 1024: {@code 512 B}, {@code 256 KiB}, {@code 1.5 MiB}. */
    public static String bytes(double bytes) {
        return worded(
                bytes,
                v -> {
                    int power = 0;
                    double scaled = v;
                    while (power < KIBI.length - 1 && scaled >= 1023.5) {
                        scaled /= 1024;
                        power++;
                    }
                    boolean whole = power == 0 || scaled >= 9.95 || scaled == Math.rint(scaled);
                    return decimals(scaled, whole ? 0 : 1) + " " + KIBI[power];
                });
    }

    /** A share of one: {@code 1.3 %}, {@code 0.02 %}, {@code 100 %}, {@code < 0.01 %}. */
    public static String share(double share) {
        if (share != 0 && Math.abs(share) < 0.00005) {
            return "< 0.01 %";
        }
        return worded(
                share,
                v -> {
                    double percent = v * 100;
                    int decimals = percent == 0 || percent >= 9.95 ? 0 : percent >= 0.095 ? 1 : 2;
                    return decimals(percent, decimals) + " %";
                });
    }

    /** How long ago: {@code now}, {@code 35 s ago}, {@code 2 min ago}, {@code 3 h ago}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 1) {
            return "now";
        }
        if (seconds < 120) {
            return seconds + " s ago";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }

    /**
     * A difference, worded like {@code latency}, with its sign: {@code +1.6 ms}, {@code −0.3 ms}.
     */
    public static String latencyChange(double seconds) {
        return signed(seconds, latency(Math.abs(seconds)));
    }

    /** A difference of rates with its sign: {@code −285/s}. */
    public static String rateChange(double perSecond) {
        return signed(perSecond, rate(Math.abs(perSecond)));
    }

    /** A bare difference with its sign: {@code +18.8}. */
    public static String numberChange(double value) {
        return signed(value, number(Math.abs(value)));
    }

    /** Puts blanks before the text until it has the width, for a fixed-width face. */
    public static String fixed(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String finiteLatency(double seconds) {
        double ms = seconds * 1e3;
        if (ms < 5e-5) {
            // Less than half of the smallest that is shown.
            return "0 ms";
        }
        if (ms < 0.00995) {
            double micros = ms * 1e3;
            return decimals(micros, micros < 9.95 ? 1 : 0) + " µs";
        }
        if (ms < 999.5) {
            return decimals(ms, ms < 0.995 ? 2 : ms < 9.95 ? 1 : 0) + " ms";
        }
        if (seconds < 599.5) {
            return decimals(seconds, seconds < 9.95 ? 1 : 0) + " s";
        }
        return decimals(seconds / 60, 0) + " min";
    }

    private static String scaled(double value) {
        return worded(
                value,
                v -> {
                    int power = 0;
                    double scaled = v;
                    while (power < THOUSANDS.length - 1 && scaled >= 999.5) {
                        scaled /= 1000;
                        power++;
                    }
                    int decimals = scaled == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
                    return decimals(scaled, decimals) + THOUSANDS[power];
                });
    }

    private static String worded(double value, DoubleFunction<String> finite) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        String worded = Double.isInfinite(value) ? "∞" : finite.apply(Math.abs(value));
        return value < 0 ? "−" + worded : worded;
    }

    private static String signed(double value, String magnitude) {
        return Double.isNaN(value) ? UNKNOWN : (value < 0 ? "−" : "+") + magnitude;
    }

    private static String withUnit(String number, String unit) {
        return number.equals(UNKNOWN) ? UNKNOWN : number + unit;
    }

    private static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
