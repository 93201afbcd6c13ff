package io.batchmesh.proxy.upstream;

import io.batchmesh.proxy.wire.Codec;
import io.batchmesh.proxy.wire.Compression;
import org.jspecify.annotations.Nullable;

/** What the settings of a link mean for the wire. */
final class Packing {
    private Packing() {}

    /** Whether the proxy decides by itself. */
    static boolean isAuto(io.batchmesh.policy.@Nullable Compression wanted) {
        return wanted == null || wanted.codec() == io.batchmesh.policy.Compression.Codec.AUTO;
    }

    /**
     * How units are packed.
     *
     * @param worthIt whether the codec auto packs now
     */
    static Compression of(io.batchmesh.policy.@Nullable Compression wanted, boolean worthIt) {
        var settings = wanted == null ? io.batchmesh.policy.Compression.DEFAULT : wanted;
        var codec =
                switch (settings.codec()) {
                    case AUTO -> worthIt ? Codec.ZSTD : Codec.NONE;
                    case OFF -> Codec.NONE;
                    case ZSTD -> Codec.ZSTD;
                    case GZIP -> Codec.GZIP;
                };
        return codec == Codec.NONE ? Compression.OFF : with(settings, codec);
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
