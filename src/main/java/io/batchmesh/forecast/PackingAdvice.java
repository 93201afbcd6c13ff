package io.batchmesh.forecast;

import static io.batchmesh.forecast.Amounts.bytes;
import static io.batchmesh.forecast.Amounts.percent;

import io.batchmesh.forecast.Advice.Kind;
import io.batchmesh.forecast.Advisor.Asked;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.policy.Compression;
import io.batchmesh.policy.Compression.Codec;
import org.jspecify.annotations.Nullable;

/** Where compressing is set and nothing shrinks by it. */
final class PackingAdvice {
    private static final double BYTES = 10_000;

    private PackingAdvice() {}

    static @Nullable Advice of(Asked asked) {
        var window = asked.link().window();
        var load = asked.load();
        var set = window.compression();
        double raw =
                load.rate() * (1 - load.answered()) * (load.requestBytes() + load.replyBytes());
        if (set == null
                || window.policy() == Policy.OFF
                || (set.codec() != Codec.ZSTD && set.codec() != Codec.GZIP)
                || load.compression() <= WindowAdvice.SHRINKS
                || asked.link().known().requests() < Advisor.ENOUGH_FOR_P99
                || raw < BYTES) {
            return null;
        }
        var auto = new Compression(Codec.AUTO, set.level(), set.context(), set.minBytes());
        var why =
                "Of %s only %s is saved; auto packs when it is measured to be worth it."
                        .formatted(bytes(raw), percent(Math.max(0, 1 - load.compression())));
        var packed = asked.forecaster().forecast(load.withCompression(1), window);
        var after = asked.effect(packed, load, window);
        return new Advice(
                asked.link().link(),
                Kind.NO_PACKING,
                "codec auto instead of " + set.codec().label(),
                why,
                window.withCompression(auto),
                asked.before(),
                after,
                0);
    }
}
