package io.batchmesh.proxy.wire;

/** How the body of a unit is packed; the number is the one on the wire. */
public enum Codec {
    /** Frames as they are. */
    NONE(0, 0, 0),
    /** One or several members of RFC 1952. */
    GZIP(1, 1, 9),
    /** RFC 8878. */
    ZSTD(2, 1, 19),
    /**
     * As before, with {@link HttpDictionary} and without the magic number; by the sender's ZSTD.
     */
    ZSTD_HTTP(3, 1, 19);

    private final int wireNumber;
    private final int minLevel;
    private final int maxLevel;

    Codec(int wireNumber, int minLevel, int maxLevel) {
        this.wireNumber = wireNumber;
        this.minLevel = minLevel;
        this.maxLevel = maxLevel;
    }

    /** The number in the unit header. */
    int wireNumber() {
        return wireNumber;
    }

    /** The least level that it takes. */
    public int minLevel() {
        return minLevel;
    }

    /** The highest level that it takes. */
    public int maxLevel() {
        return maxLevel;
    }
}
