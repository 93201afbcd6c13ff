package io.batchmesh.ui;

import io.batchmesh.quantity.Sizes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Quantities as somebody set them: every digit and none more, with a blank before the unit. What is
 * measured is worded by {@link io.batchmesh.ui.theme.Formats}.
 */
public final class Exact {
    private static final Pattern QUANTITY = Pattern.compile("(-?[0-9.]+)([A-Za-zµ]+)");
    private static final int MICROS = 6;
    private static final int MILLIS = 3;

    private Exact() {}

    /** {@code 5 ms}, {@code 0.5 ms}, {@code 1.5 s}, {@code 2 min}; the fields read it too. */
    public static String duration(Duration duration) {
        if (duration.isZero()) {
            return "0 ms";
        }
        boolean minutes = duration.getNano() == 0 && duration.getSeconds() % 60 == 0;
        if (minutes) {
            return duration.toMinutes() + " min";
        }
        var seconds =
                BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9));
        if (seconds.compareTo(BigDecimal.ONE) >= 0) {
            return plain(seconds) + " s";
        }
        var micros = seconds.movePointRight(MICROS);
        return micros.compareTo(BigDecimal.TEN) < 0
                ? plain(micros) + " µs"
                : plain(seconds.movePointRight(MILLIS)) + " ms";
    }

    /** {@code 256 KiB}. */
    public static String bytes(long bytes) {
        return spaced(Sizes.format(bytes));
    }

    /** A quantity of a file with a blank before its unit; any other text as it is. */
    public static String spaced(String text) {
        var match = QUANTITY.matcher(text);
        return match.matches() ? match.group(1) + " " + match.group(2) : text;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
