package io.batchmesh.quantity;

import java.util.Map;

/** Sizes in bytes as texts: {@code 512B}, {@code 256KiB}, {@code 16MiB}, {@code 1GiB}. */
public final class Sizes {
    private static final UnitTable UNITS =
            new UnitTable(
                    "size",
                    "512B, 256KiB, 16MiB",
                    Map.of(
                            "B", 1L,
                            "KiB", 1L << 10,
                            "MiB", 1L << 20,
                            "GiB", 1L << 30,
                            "kB", 1_000L,
                            "MB", 1_000_000L,
                            "GB", 1_000_000_000L));

    private Sizes() {}

    /**
     * Reads a size in bytes.
     *
     * @throws QuantityException when the text is no size, is negative, or overflows 63 bits
     */
    public static long parse(String text) {
        return UNITS.parse(text);
    }

    /** The shortest exact text, in the largest binary unit of which it is a whole number. */
    public static String format(long bytes) {
        if (bytes == 0) {
            return "0B";
        }
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }
}
