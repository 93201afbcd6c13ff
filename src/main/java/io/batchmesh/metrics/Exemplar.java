package io.batchmesh.metrics;

import java.util.Map;

/**
 * A reference from a sample to a trace.
 *
 * @param labels in their order
 * @param value of the observation
 * @param timestamp seconds since 1970, {@code NaN} when there is none
 */
public record Exemplar(Map<String, String> labels, double value, double timestamp) {
    public Exemplar {
        labels = Frozen.map(labels);
    }
}
