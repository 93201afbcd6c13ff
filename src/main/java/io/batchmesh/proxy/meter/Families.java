package io.batchmesh.proxy.meter;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers data points by metric family while the meters are walked once. */
final class Families {
    private final Map<String, Family<CounterDataPointSnapshot>> counters = new LinkedHashMap<>();
    private final Map<String, Family<GaugeDataPointSnapshot>> gauges = new LinkedHashMap<>();
    private final Map<String, Family<HistogramDataPointSnapshot>> histograms =
            new LinkedHashMap<>();

    private record Family<P>(MetricMetadata about, List<P> points) {}

    /** A family by its name without {@code _total}, with what it means. */
    record Name(String name, String help) {
        private <P> Family<P> family() {
            return new Family<>(new MetricMetadata(name, help), new ArrayList<>());
        }
    }

    void counter(Name name, double value, Labels labels) {
        counters.computeIfAbsent(name.name(), n -> name.family())
                .points()
                .add(new CounterDataPointSnapshot(value, labels, null, 0L));
    }

    void gauge(Name name, double value, Labels labels) {
        gauges.computeIfAbsent(name.name(), n -> name.family())
                .points()
                .add(new GaugeDataPointSnapshot(value, labels, null));
    }

    /** A histogram, left out while it is empty. */
    void histogram(Name name, LoopHistogram histogram, Labels labels) {
        if (histogram.count() > 0) {
            histograms
                    .computeIfAbsent(name.name(), n -> name.family())
                    .points()
                    .add(histogram.snapshot(labels));
        }
    }

    MetricSnapshots snapshots() {
        var all = MetricSnapshots.builder();
        counters.values()
                .forEach(f -> all.metricSnapshot(new CounterSnapshot(f.about(), f.points())));
        gauges.values().forEach(f -> all.metricSnapshot(new GaugeSnapshot(f.about(), f.points())));
        histograms
                .values()
                .forEach(f -> all.metricSnapshot(new HistogramSnapshot(f.about(), f.points())));
        return all.build();
    }
}
