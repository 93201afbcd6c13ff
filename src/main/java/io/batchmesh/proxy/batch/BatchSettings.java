package io.batchmesh.proxy.batch;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.CircuitBreaker;

/**
 * What a batch queue goes by.
 *
 * @param policy who decides when a batch is cut
 * @param lingerNanos the longest wait; used by the policy fixed
 * @param maxItems a batch is cut at so many items
 * @param maxBytes a batch is cut at so many bytes
 * @param targetNanos the p99 that targetP99 aims at; 0 for the other policies
 * @param bounds of what may wait
 */
public record BatchSettings(
        BatchWindow.Policy policy,
        long lingerNanos,
        int maxItems,
        long maxBytes,
        long targetNanos,
        Bounds bounds) {
    private static final long LEAST_QUEUE_BYTES = 4L << 20;
    private static final long MOST_QUEUE_BYTES = 64L << 20;

    /** What may wait in all. */
    public record Bounds(int items, long bytes) {}

    /** The settings of a link. */
    public static BatchSettings of(BatchWindow window, CircuitBreaker breaker) {
        long bytes = Math.clamp(window.maxBytes() * 4, LEAST_QUEUE_BYTES, MOST_QUEUE_BYTES);
        return new BatchSettings(
                window.policy(),
                window.linger().toNanos(),
                window.maxItems(),
                window.maxBytes(),
                target(window),
                new Bounds(breaker.maxPending(), bytes));
    }

    private static long target(BatchWindow window) {
        var target = window.targetP99();
        return target == null ? 0 : target.toNanos();
    }
}
