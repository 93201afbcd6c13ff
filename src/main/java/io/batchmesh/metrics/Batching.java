package io.batchmesh.metrics;

import java.util.Map;

/**
 * What the batches of a link are like; {@code NaN} where it is not known.
 *
 * @param itemsPerSecond requests per second that went through batches
 * @param batchesPerSecond batches cut per second
 * @param meanItems items per batch
 * @param flushesPerSecond batches per second by the reason of their flush; reasons never seen are
 *     absent
 * @param queueItems items that wait now
 */
public record Batching(
        double itemsPerSecond,
        double batchesPerSecond,
        double meanItems,
        Map<FlushReason, Double> flushesPerSecond,
        double queueItems) {
    /** Nothing is known. */
    public static final Batching NONE =
            new Batching(Double.NaN, Double.NaN, Double.NaN, Map.of(), Double.NaN);

    public Batching {
        flushesPerSecond = Frozen.enums(FlushReason.class, flushesPerSecond);
    }
}
