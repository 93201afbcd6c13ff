package io.batchmesh.policy;

import io.batchmesh.json.ObjectReader;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.json.Range;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of the batch window, the same in topology files and in proxy configs. */
public final class BatchJson {
    private static final long MIN_BATCH_BYTES = 1 << 10;
    private static final long MAX_BATCH_BYTES = 16 << 20;
    private static final Duration MAX_LINGER = Duration.ofSeconds(60);

    private BatchJson() {}

    public static BatchWindow read(ObjectReader o) {
        var d = BatchWindow.DEFAULT;
        var policy = o.choice("policy", BatchWindow.Policy.CHOICE, d.policy());
        var linger = o.duration("linger", d.linger());
        if (linger.compareTo(MAX_LINGER) > 0) {
            o.fault("linger", "a linger of over a minute is no window", "at most 60s");
        }
        var target = o.duration("targetP99");
        if (policy == BatchWindow.Policy.TARGET_P99 && target == null) {
            o.faultHere("the policy targetP99 needs a target", "add \"targetP99\": \"20ms\"");
        }
        return new BatchWindow(
                policy,
                linger,
                o.integer("maxItems", Range.of(1, 4096), d.maxItems()),
                maxBytes(o, d.maxBytes()),
                target,
                o.object("cache", BatchJson::readCache),
                o.object("compression", BatchJson::readCompression));
    }

    private static long maxBytes(ObjectReader o, long otherwise) {
        long bytes = o.size("maxBytes", otherwise);
        if (bytes < MIN_BATCH_BYTES || bytes > MAX_BATCH_BYTES) {
            o.fault("maxBytes", "out of range", "from 1KiB to 16MiB");
            return otherwise;
        }
        return bytes;
    }

    private static BatchWindow.Cache readCache(ObjectReader o) {
        return new BatchWindow.Cache(
                o.size("maxBytes", 16L << 20),
                o.duration("ttl", Duration.ZERO),
                o.duration("staleWhileRevalidate", Duration.ZERO));
    }

    private static Compression readCompression(ObjectReader o) {
        var d = Compression.DEFAULT;
        var codec = o.choice("codec", Compression.Codec.CHOICE, d.codec());
        var levels = codec == Compression.Codec.GZIP ? Range.of(1, 9) : Range.of(1, 19);
        return new Compression(
                codec,
                o.integer("level", levels, d.level()),
                o.choice("context", Compression.Context.CHOICE, d.context()),
                o.size("minBytes", d.minBytes()));
    }

    public static ObjectNode write(BatchWindow window) {
        return ObjectWriter.object(o ->
                o.put("policy", window.policy().label())
                        .put("linger", window.linger())
                        .put("maxItems", window.maxItems())
                        .putSize("maxBytes", window.maxBytes())
                        .put("targetP99", window.targetP99())
                        .put("cache", window.cache(), BatchJson::write)
                        .put("compression", window.compression(), BatchJson::write));
    }

    private static ObjectNode write(BatchWindow.Cache cache) {
        return ObjectWriter.object(o ->
                o.putSize("maxBytes", cache.maxBytes())
                        .put("ttl", cache.ttl())
                        .put("staleWhileRevalidate", cache.staleWhileRevalidate()));
    }

    private static ObjectNode write(Compression compression) {
        return ObjectWriter.object(o ->
                o.put("codec", compression.codec().label())
                        .put("level", compression.level())
                        .put("context", compression.context().label())
                        .putSize("minBytes", compression.minBytes()));
    }
}
