package io.batchmesh.metrics;

/**
 * Turns a decimal number into the nearest double by one or two multiplications, without allocation.
 * Source: D. Lemire, "Number Parsing at a Gigabyte per Second", Software: Practice and Experience
 * 51 (2021), arXiv:2101.11408; the algorithm is M. Eisel's.
 */
final class EiselLemire {
    private static final int BIAS = 1023;
    private static final int SPECIAL = 0x7ff;
    private static final long FRACTION = (1L << 52) - 1;

    /** Bits of the product that lie behind those of the result. */
    private static final long ROUNDED = 0x1ff;

    private EiselLemire() {}

    /**
     * The double next to {@code mantissa} × 10^{@code exponent}.
     *
     * @param mantissa unsigned
     * @return {@code NaN} where it cannot tell: half way between two, or at the ends of the range
     */
    static double of(long mantissa, int exponent) {
        if (mantissa == 0) {
            return 0;
        }
        if (exponent < PowersOfTen.LEAST || exponent > PowersOfTen.GREATEST) {
            return Double.NaN;
        }
        var zeros = Long.numberOfLeadingZeros(mantissa);
        var first = mantissa << zeros;
        var power = PowersOfTen.high(exponent);
        var high = Math.unsignedMultiplyHigh(first, power);
        var low = first * power;
        if ((high & ROUNDED) == ROUNDED && overflows(low, first)) {
            // The lower half of the power can still change the bits that count.
            var more = PowersOfTen.low(exponent);
            var carried = low + Math.unsignedMultiplyHigh(first, more);
            if (Long.compareUnsigned(carried, low) < 0) {
                high++;
            }
            low = carried;
            if ((high & ROUNDED) == ROUNDED && low == -1 && overflows(first * more, first)) {
                return Double.NaN;
            }
        }
        // 217706 / 2^16 is a little less than the binary logarithm of ten.
        var binary = ((217706 * exponent) >> 16) + 64 + BIAS - zeros;
        return round(high, low, binary);
    }

    private static double round(long high, long low, int binary) {
        var top = (int) (high >>> 63);
        var bits = high >>> (top + 9);
        if (low == 0 && (high & ROUNDED) == 0 && (bits & 3) == 1) {
            return Double.NaN;
        }
        bits = (bits + (bits & 1)) >>> 1;
        var exponent = binary - (1 ^ top);
        if (bits >>> 53 != 0) {
            bits >>>= 1;
            exponent++;
        }
        return exponent < 1 || exponent >= SPECIAL
                ? Double.NaN
                : Double.longBitsToDouble(((long) exponent << 52) | (bits & FRACTION));
    }

    private static boolean overflows(long sum, long more) {
        return Long.compareUnsigned(sum + more, sum) < 0;
    }
}
