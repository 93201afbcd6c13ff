package io.batchmesh.ui.canvas;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.ui.theme.Formats;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Batch windows in a few characters. */
final class WindowWords {
    private WindowWords() {}

    /** {@code ≤ 2 ms · 16}, {@code auto}, {@code off}, {@code p99 ≤ 20 ms}. */
    static String of(BatchWindow window) {
        return switch (window.policy()) {
            case OFF -> "off";
            case AUTO -> "auto";
            case FIXED -> "≤ " + exact(window.linger()) + " · " + window.maxItems();
            case TARGET_P99 ->
                    window.targetP99() == null ? "p99 goal" : "p99 ≤ " + exact(window.targetP99());
        };
    }

    /**
     * What one window says where it is not as the other: its short form, where these differ, else
     * the first part in which they do.
     */
    static String apart(BatchWindow window, BatchWindow other) {
        if (!of(window).equals(of(other))) {
            return of(window);
        }
        var mine = parts(window);
        var others = parts(other);
        for (var i = 0; i < mine.size(); i++) {
            if (!mine.get(i).equals(others.get(i))) {
                return mine.get(i);
            }
        }
        return of(window);
    }

    /** Whether the two say the same, be it said or left to what holds by default. */
    static boolean same(BatchWindow a, BatchWindow b) {
        return a.policy() == b.policy() && of(a).equals(of(b)) && parts(a).equals(parts(b));
    }

    private static List<String> parts(BatchWindow window) {
        var parts = new ArrayList<String>();
        parts.add(Formats.bytes(window.maxBytes()));
        parts.add("linger " + exact(window.linger()));
        parts.add(window.maxItems() + " items");
        var cache = window.cache();
        parts.add(cache == null ? "no cache" : "cache " + exact(cache.ttl()));
        parts.add(
                compression(Objects.requireNonNullElse(window.compression(), Compression.DEFAULT)));
        parts.add(cache == null ? "no cache" : "cache " + Formats.bytes(cache.maxBytes()));
        parts.add(cache == null ? "no cache" : "stale " + exact(cache.staleWhileRevalidate()));
        return parts;
    }

    private static String compression(Compression compression) {
        return switch (compression.codec()) {
            case AUTO -> "codec auto";
            case OFF -> "no codec";
            case ZSTD, GZIP ->
                    compression.codec().label()
                            + " "
                            + compression.level()
                            + " "
                            + compression.context().label()
                            + " ≥ "
                            + Formats.bytes(compression.minBytes());
        };
    }

    /** As somebody set it, without zeros: {@code 5 ms}, {@code 0.5 ms}, {@code 1.5 s}. */
    static String exact(Duration duration) {
        var seconds =
                BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9));
        if (seconds.compareTo(BigDecimal.ONE) >= 0 || seconds.signum() == 0) {
            return plain(seconds) + (seconds.signum() == 0 ? " ms" : " s");
        }
        var micros = seconds.movePointRight(6);
        return micros.compareTo(BigDecimal.TEN) < 0
                ? plain(micros) + " µs"
                : plain(seconds.movePointRight(3)) + " ms";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
