package io.batchmesh.policy;

import io.batchmesh.json.Choice;

/**
 * How batches are compressed. No compressed unit mixes caller identities.
 *
 * @param codec the method
 * @param level its level: zstd 1 to 19, gzip 1 to 9
 * @param context whether each batch starts afresh
 * @param minBytes units below so many bytes stay as they are; with a running context, which knows
 *     the traffic already, at most 48 count
 */
public record Compression(Codec codec, int level, Context context, long minBytes) {
    /** What holds where nothing is said: off until the link is measured to be worth it. */
    public static final Compression DEFAULT = new Compression(Codec.AUTO, 3, Context.BATCH, 128);

    /** The methods. */
    public enum Codec {
        AUTO("auto"),
        OFF("off"),
        ZSTD("zstd"),
        GZIP("gzip");

        /** The constants by the names they have in files. */
        public static final Choice<Codec> CHOICE = Choice.of(Codec.class, Codec::label);

        private final String label;

        Codec(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** How far back a compressed unit may refer. */
    public enum Context {
        /** Each batch starts afresh. */
        BATCH("batch"),
        /** A running context per stream and caller identity. */
        STREAM("stream");

        /** The constants by the names they have in files. */
        public static final Choice<Context> CHOICE = Choice.of(Context.class, Context::label);

        private final String label;

        Context(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
