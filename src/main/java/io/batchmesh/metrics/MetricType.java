package io.batchmesh.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a family of metrics counts, as its {@code # TYPE} line says. */
public enum MetricType {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    GAUGEHISTOGRAM,
    SUMMARY,
    INFO,
    STATESET,
    /** Not said, in Prometheus text. */
    UNTYPED,
    /** Not said, in OpenMetrics. */
    UNKNOWN;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word of the {@code # TYPE} line. */
    public String label() {
        return label;
    }

    /** What the names of the samples add to the name of their family. */
    List<String> suffixes() {
        return switch (this) {
            case COUNTER -> List.of("_total", "_created");
            case HISTOGRAM -> List.of("_bucket", "_count", "_sum", "_created");
            case GAUGEHISTOGRAM -> List.of("_bucket", "_gcount", "_gsum");
            case SUMMARY -> List.of("_count", "_sum", "_created");
            case INFO -> List.of("_info");
            case GAUGE, STATESET, UNTYPED, UNKNOWN -> List.of();
        };
    }

    /** What the samples of OpenMetrics are called behind the name of their family. */
    List<String> sampleSuffixes() {
        return switch (this) {
            case COUNTER, HISTOGRAM, GAUGEHISTOGRAM, INFO -> suffixes();
            case SUMMARY -> List.of("", "_count", "_sum", "_created");
            case GAUGE, STATESET, UNTYPED, UNKNOWN -> List.of("");
        };
    }

    /** The type with this {@link #label}, if there is one. */
    public static Optional<MetricType> of(String label) {
        return Labelled.find(values(), MetricType::label, label);
    }
}
