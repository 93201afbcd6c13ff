package io.batchmesh.policy;

import io.batchmesh.json.Choice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How requests of a link are collected into batches. The linger is an upper bound, never a promise
 * to wait.
 *
 * @param policy who decides when a batch is cut
 * @param linger the longest wait of the first request of a batch; used by {@link Policy#FIXED}
 * @param maxItems a batch is cut at so many requests, 1 to 4096
 * @param maxBytes a batch is cut at so many bytes of requests, 1 KiB to 16 MiB
 * @param targetP99 the latency that {@link Policy#TARGET_P99} aims at, else null
 * @param cache what is answered from memory, or null for nothing
 * @param compression how batches are compressed, or null for the codec {@code auto}
 */
public record BatchWindow(
        Policy policy,
        Duration linger,
        int maxItems,
        long maxBytes,
        @Nullable Duration targetP99,
        @Nullable Cache cache,
        @Nullable Compression compression) {
    /** What holds where nothing is said: cut as soon as the transport is free. */
    public static final BatchWindow DEFAULT =
            new BatchWindow(Policy.AUTO, Duration.ofMillis(5), 64, 256 << 10, null, null, null);

    /** Who decides when a batch is cut. */
    public enum Policy {
        /** Requests pass through one by one. */
        OFF("off"),
        /** A batch is cut as soon as the transport is free, so batches grow only under load. */
        AUTO("auto"),
        /** Linger, items and bytes as set. */
        FIXED("fixed"),
        /** The linger is chosen by itself so that the p99 stays below a target. */
        TARGET_P99("targetP99");

        /** The constants by the names they have in files. */
        public static final Choice<Policy> CHOICE = Choice.of(Policy.class, Policy::label);

        private final String label;

        Policy(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * What is answered from memory, by RFC 9111.
     *
     * @param maxBytes the bound of it in bytes
     * @param ttl how long an answer without freshness of its own is fresh; zero for not at all
     * @param staleWhileRevalidate how long a stale answer may be given while a new one is fetched
     */
    public record Cache(long maxBytes, Duration ttl, Duration staleWhileRevalidate) {}

    public BatchWindow withPolicy(Policy policy) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }

    public BatchWindow withLinger(Duration linger) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }

    public BatchWindow withMaxItems(int maxItems) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }

    public BatchWindow withMaxBytes(long maxBytes) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }

    public BatchWindow withTargetP99(@Nullable Duration targetP99) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }

    public BatchWindow withCache(@Nullable Cache cache) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }

    public BatchWindow withCompression(@Nullable Compression compression) {
        return new BatchWindow(policy, linger, maxItems, maxBytes, targetP99, cache, compression);
    }
}
