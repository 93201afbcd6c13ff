package io.batchmesh.metrics;

import java.util.List;

/**
 * The samples of one metric with what is said about it.
 *
 * @param name without the suffixes that its type adds
 * @param type of it
 * @param unit base unit, empty when not said
 * @param help empty when not said
 * @param samples in their order
 */
public record MetricFamily(
        String name, MetricType type, String unit, String help, List<Sample> samples) {
    public MetricFamily {
        samples = List.copyOf(samples);
    }
}
