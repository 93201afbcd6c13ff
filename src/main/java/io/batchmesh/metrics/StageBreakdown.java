package io.batchmesh.metrics;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where the latency of a link's batched requests comes from.
 *
 * @param stages every stage is present, in order; one without observations has {@link Latency#NONE}
 * @param sendParts parts of {@link Stage#SEND} that the peer reported; may be empty
 * @param unexplainedMean mean of the batched requests less the sum of the stages' means, in
 *     seconds; {@code NaN} where nothing was batched
 */
public record StageBreakdown(
        Map<Stage, StageMetrics> stages, Map<SendPart, Latency> sendParts, double unexplainedMean) {
    /** Nothing was observed: the link does not batch, or its kind of proxy has no stages. */
    public static final StageBreakdown NONE = new StageBreakdown(Map.of(), Map.of(), Double.NaN);

    public StageBreakdown {
        var complete = new EnumMap<Stage, StageMetrics>(Stage.class);
        for (var stage : Stage.values()) {
            var metrics = stages.get(stage);
            complete.put(stage, metrics == null ? StageMetrics.none(stage) : metrics);
        }
        stages = Frozen.enums(Stage.class, complete);
        sendParts = Frozen.enums(SendPart.class, sendParts);
    }

    /**
     * Computes {@link #unexplainedMean}: the sum of means is the mean of sums, which holds for no
     * quantile.
     *
     * @param batched latency of the batched requests of the same window
     */
    public static StageBreakdown of(
            Map<Stage, StageMetrics> stages, Map<SendPart, Latency> sendParts, Latency batched) {
        var explained = 0.0;
        for (var metrics : stages.values()) {
            if (metrics.latency().present()) {
                explained += metrics.latency().mean();
            }
        }
        return new StageBreakdown(stages, sendParts, batched.mean() - explained);
    }

    /** One stage. */
    public StageMetrics of(Stage stage) {
        var metrics = stages.get(stage);
        return metrics == null ? StageMetrics.none(stage) : metrics;
    }

    /** Whether any stage was observed at all. */
    public boolean present() {
        return stages.values().stream().anyMatch(stage -> stage.latency().present());
    }
}
