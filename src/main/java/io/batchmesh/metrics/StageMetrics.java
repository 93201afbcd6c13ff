package io.batchmesh.metrics;

/**
 * One stage of one link over one window.
 *
 * @param stage which
 * @param itemsPerSecond items that passed the stage, {@code NaN} where it is not known
 * @param latency what the stage took per item, in seconds
 */
public record StageMetrics(Stage stage, double itemsPerSecond, Latency latency) {
    /** A stage of which nothing is known. */
    public static StageMetrics none(Stage stage) {
        return new StageMetrics(stage, Double.NaN, Latency.NONE);
    }
}
