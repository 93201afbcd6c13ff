package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.SeriesName;
import io.batchmesh.metrics.TraceSample;
import java.util.List;
import java.util.Map;

/**
 * What the series of one target did over its window.
 *
 * @param counters with their rates; none as long as there is only one reading
 * @param gauges with their last values
 * @param histograms with their increases; none as long as there is only one reading
 * @param seconds length of the window
 * @param traces of requests whose traces are known
 */
record TargetRates(
        List<Value> counters,
        List<Value> gauges,
        List<Histogram> histograms,
        double seconds,
        List<Trace> traces) {
    static final TargetRates NONE = new TargetRates(List.of(), List.of(), List.of(), 0);

    TargetRates {
        counters = List.copyOf(counters);
        gauges = List.copyOf(gauges);
        histograms = List.copyOf(histograms);
        traces = List.copyOf(traces);
    }

    /** Without traces. */
    TargetRates(
            List<Value> counters, List<Value> gauges, List<Histogram> histograms, double seconds) {
        this(counters, gauges, histograms, seconds, List.of());
    }

    /** The trace of a request of a link. */
    record Trace(String link, TraceSample sample) {}

    /**
     * A counter or gauge.
     *
     * @param value per second for a counter
     */
    record Value(SeriesName series, double value) {}

    /**
     * A histogram.
     *
     * @param metric name without {@code _bucket}
     * @param labels without {@code le}
     */
    record Histogram(String metric, Map<String, String> labels, HistogramSnapshot increase) {}
}
