package io.batchmesh.metrics;

import java.nio.charset.StandardCharsets;

/** Reads the numbers of an exposition from bytes. */
final class Numbers {
    private static final long EXACT = 1L << 53;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    /** As many decimal digits as a long always holds. */
    static final int LONG_DIGITS = 18;

    /** As many decimal digits as an unsigned long always holds. */
    private static final int DIGITS = 19;

    /** A number of fewer characters and no exponent is finite. */
    private static final int PLAIN = 300;

    /** An exponent beyond it is taken for it: no text is long enough to make up for that. */
    private static final int FARTHEST = 100_000_000;

    private Numbers() {}

    /**
     * A decimal number, {@code NaN} or an infinity in any case of letters; correct to the last bit.
     * Nothing is allocated, save for numbers so close to the middle of two doubles, or so small,
     * that they are left to {@link Double#parseDouble}.
     */
    static double parse(byte[] text, int from, int to) throws BadLine {
        var at = from;
        var negative = at < to && text[at] == '-';
        if (negative || (at < to && text[at] == '+')) {
            at++;
        }
        var start = at;
        var point = -1;
        long mantissa = 0;
        var significant = 0;
        for (; at < to; at++) {
            var digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                if (significant < DIGITS) {
                    mantissa = mantissa * 10 + digit;
                    significant += significant == 0 && digit == 0 ? 0 : 1;
                } else {
                    significant++;
                }
            } else if (text[at] == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        if (at - start - (point < 0 ? 0 : 1) <= 0) {
            return special(text, from, to);
        }
        var scale = point < 0 ? 0 : point + 1 - at;
        if (at < to) {
            scale += exponent(text, at, from, to);
        }
        var left = Math.max(significant - DIGITS, 0);
        var value = nearest(mantissa, scale + left, left > 0);
        if (Double.isNaN(value)) {
            return Double.parseDouble(latin1(text, from, to));
        }
        return negative ? -value : value;
    }

    /** {@code NaN} where it needs a closer look. */
    private static double nearest(long mantissa, int scale, boolean more) {
        if (more) {
            // The digits left out lie between these two.
            var low = EiselLemire.of(mantissa, scale);
            return low == EiselLemire.of(mantissa + 1, scale) ? low : Double.NaN;
        }
        if (mantissa >= 0 && mantissa <= EXACT && scale >= -22 && scale <= 22) {
            // Both are exact, so that one operation rounds once: Clinger's fast path.
            return scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
        }
        return EiselLemire.of(mantissa, scale);
    }

    /** Whether there are digits only, after an optional sign. */
    static boolean isInteger(byte[] text, int from, int to) {
        var at = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
        var start = at;
        while (at < to && isDigit(text[at])) {
            at++;
        }
        return at == to && at > start;
    }

    /**
     * Where a token ends that is not many digits with at most one point in between: a finite
     * number, which need not be computed to know that.
     *
     * @return -1 when it is anything else
     */
    static int plainEnd(byte[] text, int from, int end) {
        var i = digitsEnd(text, from, end);
        if (i == from) {
            return -1;
        }
        if (i < end && text[i] == '.') {
            var point = i;
            i = digitsEnd(text, i + 1, end);
            if (i == point + 1) {
                return -1;
            }
        }
        return i - from < PLAIN && (i >= end || text[i] <= ' ') ? i : -1;
    }

    private static int digitsEnd(byte[] text, int from, int end) {
        var i = from;
        while (i < end && isDigit(text[i])) {
            i++;
        }
        return i;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static String latin1(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Reads {@code e+12}; {@code from} is where the whole number began. */
    private static int exponent(byte[] text, int e, int from, int to) throws BadLine {
        var at = e;
        if ((text[at] | 0x20) != 'e') {
            throw notANumber(text, from, to);
        }
        at++;
        var negative = at < to && text[at] == '-';
        if (negative || (at < to && text[at] == '+')) {
            at++;
        }
        if (at == to) {
            throw notANumber(text, from, to);
        }
        var exponent = 0;
        for (; at < to; at++) {
            if (!isDigit(text[at])) {
                throw notANumber(text, from, to);
            }
            exponent = Math.min(exponent * 10 + (text[at] - '0'), FARTHEST);
        }
        return negative ? -exponent : exponent;
    }

    private static double special(byte[] text, int from, int to) throws BadLine {
        var signed = from < to && (text[from] == '-' || text[from] == '+');
        var at = signed ? from + 1 : from;
        if (!signed && same(text, at, to, "nan")) {
            return Double.NaN;
        }
        if (same(text, at, to, "inf") || same(text, at, to, "infinity")) {
            return signed && text[from] == '-'
                    ? Double.NEGATIVE_INFINITY
                    : Double.POSITIVE_INFINITY;
        }
        throw notANumber(text, from, to);
    }

    private static boolean same(byte[] text, int from, int to, String lower) {
        if (to - from != lower.length()) {
            return false;
        }
        for (var i = 0; i < lower.length(); i++) {
            if ((text[from + i] | 0x20) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static BadLine notANumber(byte[] text, int from, int to) {
        if (from == to) {
            return new BadLine(from, "a number is missing");
        }
        return new BadLine(from, "'" + Quote.of(text, from, to) + "' is not a number");
    }
}
