package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.Compression;
import org.jspecify.annotations.Nullable;

/** What the settings of a link mean for the wire: the codec auto is off. */
final class Packing {
    private Packing() {}

    /** How units are packed. */
    static Compression of(io.batchmesh.policy.@Nullable Compression wanted) {
        if (wanted == null) {
            return Compression.OFF;
        }
        var codec =
                switch (wanted.codec()) {
                    case AUTO, OFF -> Codec.NONE;
                    case ZSTD -> Codec.ZSTD;
                    case GZIP -> Codec.GZIP;
                };
        return codec == Codec.NONE ? Compression.OFF : with(wanted, codec);
    }

    private static Compression with(io.batchmesh.policy.Compression wanted, Codec codec) {
        var context =
                switch (wanted.context()) {
                    case BATCH -> Compression.Context.BATCH;
                    case STREAM -> Compression.Context.STREAM;
                };
        int least = (int) Math.min(wanted.minBytes(), Integer.MAX_VALUE);
        return new Compression(codec, wanted.level(), context, least);
    }
}
