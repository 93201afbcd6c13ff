package io.batchmesh.proxy.wire;

/**
 * How a sender packs its units. A receiver needs no such setting: each unit says what it is.
 *
 * @param codec what packs
 * @param level how hard it tries; clamped to what the codec takes
 * @param context what one unit knows of those before it
 * @param minBytes raw bytes below which a unit stays as it is
 */
public record Compression(Codec codec, int level, Context context, int minBytes) {
    /** What one unit knows of those before it. */
    public enum Context {
        /** Nothing. */
        BATCH,
        /** All units of the same caller on the same stream. Only zstd; gzip does as for BATCH. */
        STREAM
    }

    /** No compression. */
    public static final Compression OFF = new Compression(Codec.NONE, 0, Context.BATCH, 0);

    /** Clamps the level. */
    public Compression {
        if (codec == Codec.ZSTD_HTTP) {
            throw new IllegalArgumentException("choose ZSTD, which uses the dictionary by itself");
        }
        level = Math.clamp(level, codec.minLevel(), codec.maxLevel());
        if (minBytes < 0) {
            throw new IllegalArgumentException("minBytes must not be negative: " + minBytes);
        }
    }

    /** Whether units continue one another. */
    boolean running() {
        return codec == Codec.ZSTD && context == Context.STREAM;
    }
}
