package io.batchmesh.forecast;

import java.util.Locale;

/** Numbers with their units, as sentences of this package have them. */
final class Amounts {
    private Amounts() {}

    static String time(double seconds) {
        double size = Math.abs(seconds);
        if (size < 5e-7) {
            return "0 ms";
        }
        if (size < 0.00001) {
            return digits(seconds * 1e6) + " µs";
        }
        return size < 1 ? digits(seconds * 1e3) + " ms" : digits(seconds) + " s";
    }

    static String rate(double perSecond) {
        return Math.abs(perSecond) >= 1e4
                ? digits(perSecond / 1e3) + "k/s"
                : digits(perSecond) + "/s";
    }

    static String number(double value) {
        return digits(value);
    }

    static String cores(double cores) {
        return String.format(Locale.ROOT, Math.abs(cores) < 0.1 ? "%.3f" : "%.2f", cores)
                + " cores";
    }

    static String bytes(double perSecond) {
        return perSecond >= 1e6
                ? digits(perSecond / 1e6) + " MB/s"
                : digits(perSecond / 1e3) + " kB/s";
    }

    static String percent(double share) {
        double percent = share * 100;
        return percent > 0 && percent < 0.095
                ? String.format(Locale.ROOT, "%.2f %%", percent)
                : String.format(Locale.ROOT, percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.5 || size == 0 ? 0 : size >= 9.95 ? 1 : 2;
        var words = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return words.contains(".") ? words.replaceAll("\\.?0+$", "") : words;
    }
}
