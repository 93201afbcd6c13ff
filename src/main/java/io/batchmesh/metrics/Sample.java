package io.batchmesh.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an exposition.
 *
 * @param name of the metric, suffix included
 * @param labels in their order
 * @param value any number, {@code NaN} and the infinities included
 * @param timestamp seconds since 1970, {@code NaN} when the line has none
 * @param exemplar reference to a trace, if the line has one
 */
public record Sample(
        String name,
        Map<String, String> labels,
        double value,
        double timestamp,
        @Nullable Exemplar exemplar) {
    public Sample {
        labels = Frozen.map(labels);
    }
}
