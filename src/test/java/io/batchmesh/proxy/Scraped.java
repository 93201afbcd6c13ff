package io.batchmesh.proxy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.stream.Stream;

/** What a registry shows at one moment, added up over the label sets that match. */
record Scraped(MetricSnapshots all) {
    static Scraped of(PrometheusRegistry registry) {
        return new Scraped(registry.scrape());
    }

    /**
     * What a sidecar shows once it has counted all that callers have seen by now: an answer is read
     * by its caller before the loop that wrote it comes to counting it.
     */
    static Scraped of(Sidecar sidecar) {
        sidecar.status();
        return of(sidecar.metrics());
    }

    private Stream<MetricSnapshot> family(String name) {
        return all.stream().filter(s -> s.getMetadata().getPrometheusName().equals(name));
    }

    private static boolean matches(DataPointSnapshot point, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(point.getLabels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    /** A counter (name without _total) or a gauge. */
    double value(String name, String... labels) {
        return family(name)
                .flatMap(s -> s.getDataPoints().stream())
                .filter(p -> matches(p, labels))
                .mapToDouble(Scraped::valueOf)
                .sum();
    }

    private static double valueOf(DataPointSnapshot point) {
        return switch (point) {
            case CounterSnapshot.CounterDataPointSnapshot c -> c.getValue();
            case GaugeSnapshot.GaugeDataPointSnapshot g -> g.getValue();
            default -> throw new IllegalArgumentException("no number: " + point);
        };
    }

    private Stream<HistogramSnapshot.HistogramDataPointSnapshot> points(
            String name, String... labels) {
        return family(name)
                .flatMap(s -> ((HistogramSnapshot) s).getDataPoints().stream())
                .filter(p -> matches(p, labels));
    }

    /** Observations of a histogram. */
    long count(String name, String... labels) {
        return points(name, labels).mapToLong(p -> p.getCount()).sum();
    }

    /** Sum of the observations of a histogram. */
    double sum(String name, String... labels) {
        return points(name, labels).mapToDouble(p -> p.getSum()).sum();
    }
}
