package io.batchmesh.proxy.wire;

/**
 * What a receiver takes before it refuses. Both sides of a link use the same limits, so that the
 * sender never sends what the receiver refuses.
 *
 * @param maxPayloadBytes longest payload of one frame
 * @param maxUnitBytes most raw bytes of one unit, at least {@code maxPayloadBytes + 32}
 * @param maxRatio most raw bytes per compressed byte, beyond {@code freeBytes}
 * @param freeBytes raw bytes up to which the ratio does not matter: a batch of equal requests
 *     honestly shrinks a thousandfold
 * @param maxFields most fields of one header or trailer section
 * @param maxFieldBytes longest header or trailer section
 */
public record WireLimits(
        int maxPayloadBytes,
        int maxUnitBytes,
        int maxRatio,
        int freeBytes,
        int maxFields,
        int maxFieldBytes) {
    /** The longest possible frame header: three varints of eight bytes, and some. */
    static final int FRAME_OVERHEAD = 32;

    private static final int MIB = 1 << 20;

    /** 4 MiB payload, 8 MiB unit, ratio 200 beyond 1 MiB, 256 fields in 64 KiB. */
    public static final WireLimits DEFAULT =
            new WireLimits(4 * MIB, 8 * MIB, 200, MIB, 256, 64 << 10);

    /** Checks that the limits are positive and agree with each other. */
    public WireLimits {
        if (maxPayloadBytes < 64 || maxRatio < 1 || freeBytes < 0 || maxFields < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (maxUnitBytes > 1 << 29 || maxUnitBytes - FRAME_OVERHEAD < maxPayloadBytes) {
            throw new IllegalArgumentException(
                    "maxUnitBytes must be between maxPayloadBytes + 32 and 512 MiB");
        }
        if (maxFieldBytes < 64 || maxFieldBytes > maxPayloadBytes) {
            throw new IllegalArgumentException(
                    "maxFieldBytes must be between 64 and maxPayloadBytes");
        }
    }

    /** Whether so much raw data may come out of so many compressed bytes. */
    boolean allowsRatio(long rawBytes, long compressedBytes) {
        return rawBytes <= Math.max(freeBytes, maxRatio * compressedBytes);
    }
}
