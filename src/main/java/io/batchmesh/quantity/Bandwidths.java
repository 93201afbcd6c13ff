package io.batchmesh.quantity;

import java.util.Map;

/** Link speeds in bits per second as texts: {@code 512kbit}, {@code 10Mbit}, {@code 1Gbit}. */
public final class Bandwidths {
    private static final UnitTable UNITS =
            new UnitTable(
                    "bandwidth",
                    "10Mbit, 512kbit, 1Gbit",
                    Map.of("bit", 1L, "kbit", 1_000L, "Mbit", 1_000_000L, "Gbit", 1_000_000_000L));

    private Bandwidths() {}

    /**
     * Reads a bandwidth in bits per second.
     *
     * @throws QuantityException when the text is no bandwidth, is negative, or overflows 63 bits
     */
    public static long parse(String text) {
        return UNITS.parse(text);
    }

    /** The shortest exact text, in the largest unit of which it is a whole number. */
    public static String format(long bitsPerSecond) {
        if (bitsPerSecond != 0 && bitsPerSecond % 1_000_000_000L == 0) {
            return bitsPerSecond / 1_000_000_000L + "Gbit";
        }
        if (bitsPerSecond != 0 && bitsPerSecond % 1_000_000L == 0) {
            return bitsPerSecond / 1_000_000L + "Mbit";
        }
        return bitsPerSecond != 0 && bitsPerSecond % 1_000L == 0
                ? bitsPerSecond / 1_000L + "kbit"
                : bitsPerSecond + "bit";
    }
}
