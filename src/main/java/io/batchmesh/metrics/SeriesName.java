package io.batchmesh.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells one series of a target from the others.
 *
 * @param metric name of the metric
 * @param labels in their order
 */
public record SeriesName(String metric, Map<String, String> labels) {
    public SeriesName {
        labels = Frozen.map(labels);
    }

    /** The value of a label, {@code null} when the series has none of that name. */
    public @Nullable String label(String name) {
        return labels.get(name);
    }
}
