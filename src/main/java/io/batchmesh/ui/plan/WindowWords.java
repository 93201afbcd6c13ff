package io.batchmesh.ui.plan;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.ui.Exact;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The short forms of windows and splits, read from the documents of a change. */
final class WindowWords {
    private WindowWords() {}

    /** {@code ≤ 2 ms · 16}, {@code auto}, {@code off}, {@code p99 ≤ 20 ms}. */
    static String of(BatchWindow window) {
        var target = window.targetP99();
        return switch (window.policy()) {
            case OFF -> "off";
            case AUTO -> "auto · " + window.maxItems();
            case FIXED -> "≤ " + Exact.duration(window.linger()) + " · " + window.maxItems();
            case TARGET_P99 ->
                    (target == null ? "p99 goal" : "p99 ≤ " + Exact.duration(target))
                            + " · "
                            + window.maxItems();
        };
    }

    /** {@code 1 s · stale 5 s · 16 MiB}, or {@code off}. */
    static String cache(BatchWindow window) {
        var cache = window.cache();
        return cache == null
                ? "off"
                : Exact.duration(cache.ttl())
                        + " · stale "
                        + Exact.duration(cache.staleWhileRevalidate())
                        + " · "
                        + Exact.bytes(cache.maxBytes());
    }

    /** {@code zstd 3 per batch from 512 B}, {@code auto}, {@code off}. */
    static String compression(BatchWindow window) {
        var compression = Objects.requireNonNullElse(window.compression(), Compression.DEFAULT);
        var codec = compression.codec();
        boolean coded = codec == Compression.Codec.ZSTD || codec == Compression.Codec.GZIP;
        return coded || !compression.equals(sameCodec(codec))
                ? codec.label()
                        + " "
                        + compression.level()
                        + " per "
                        + compression.context().label()
                        + " from "
                        + Exact.bytes(compression.minBytes())
                : codec.label();
    }

    private static Compression sameCodec(Compression.Codec codec) {
        var usual = Compression.DEFAULT;
        return new Compression(codec, usual.level(), usual.context(), usual.minBytes());
    }

    /** The fields that {@link #of} has in it for both windows. */
    static List<String> saidBy(BatchWindow from, BatchWindow to) {
        boolean fixed =
                from.policy() == BatchWindow.Policy.FIXED
                        || to.policy() == BatchWindow.Policy.FIXED;
        boolean goal =
                from.policy() == BatchWindow.Policy.TARGET_P99
                        || to.policy() == BatchWindow.Policy.TARGET_P99;
        return List.of(
                "policy", "maxItems", fixed ? "linger" : "policy", goal ? "targetP99" : "policy");
    }

    /** {@code 90 / 5 / 5} of a route, for the subsets given; empty where there is no such route. */
    static String split(@Nullable LinkConfig link, String route, List<String> subsets) {
        if (link == null) {
            return "";
        }
        return link.routes().stream()
                .filter(r -> r.name().equals(route))
                .findFirst()
                .map(r ->
                        subsets.stream()
                                .map(s -> String.valueOf(r.split().getOrDefault(s, 0)))
                                .collect(Collectors.joining(" / ")))
                .orElse("");
    }
}
