package io.batchmesh.metrics;

import java.math.BigInteger;

/**
 * The powers of ten that a double can come near, as 128-bit fractions whose first bit is set,
 * rounded down: what {@link EiselLemire} multiplies by. Computed once, in a few milliseconds.
 */
final class PowersOfTen {
    static final int LEAST = -348;
    static final int GREATEST = 347;

    private static final long[] HIGH = new long[GREATEST - LEAST + 1];
    private static final long[] LOW = new long[GREATEST - LEAST + 1];

    static {
        var power = BigInteger.ONE;
        for (var exponent = 0; exponent <= -LEAST; exponent++) {
            if (exponent <= GREATEST) {
                put(exponent, power.shiftLeft(128).shiftRight(power.bitLength()));
            }
            if (exponent > 0) {
                var one = BigInteger.ONE.shiftLeft(127 + power.bitLength());
                put(-exponent, one.divide(power));
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {}

    static long high(int exponent) {
        return HIGH[exponent - LEAST];
    }

    static long low(int exponent) {
        return LOW[exponent - LEAST];
    }

    private static void put(int exponent, BigInteger fraction) {
        HIGH[exponent - LEAST] = fraction.shiftRight(64).longValue();
        LOW[exponent - LEAST] = fraction.longValue();
    }
}
