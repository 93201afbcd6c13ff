package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.SeriesName;
import io.batchmesh.observe.PrometheusAnswer.Point;
import io.batchmesh.observe.PrometheusAnswer.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes rates of the answers to one dialect's questions, for each moment that the answers have. For
 * one thread.
 */
final class PrometheusRates {
    private final Dialect dialect;
    private final ServiceNames names;
    private final double seconds;
    private final Map<Long, Moment> moments = new TreeMap<>();

    PrometheusRates(Dialect dialect, ServiceNames names, double seconds) {
        this.dialect = dialect;
        this.names = names;
        this.seconds = seconds;
    }

    /** What was answered of one moment. */
    private static final class Moment {
        private final List<TargetRates.Value> counters = new ArrayList<>();
        private final List<TargetRates.Value> gauges = new ArrayList<>();
        private final Map<SeriesName, Distribution> histograms = new LinkedHashMap<>();
    }

    private static final class Distribution {
        private final Map<Double, Double> counts = new TreeMap<>();
        private double sum = Double.NaN;

        private HistogramSnapshot snapshot() {
            var bounds = counts.keySet().stream().mapToDouble(Double::doubleValue).toArray();
            var values = counts.values().stream().mapToDouble(Double::doubleValue).toArray();
            return HistogramSnapshot.of(bounds, values, sum);
        }
    }

    /** Takes an answer to the query of a question; what is no number says nothing. */
    void add(Question question, List<Row> rows) {
        for (var row : rows) {
            var labels = new LinkedHashMap<>(row.labels());
            labels.remove("__name__");
            labels.values().removeIf(String::isEmpty);
            var le = labels.remove("le");
            var own = dialect.own(question.metric(), labels, new Dialect.Scene("", names));
            if (own != null) {
                names.carried(own.label("link"), dialect.kind());
                row.points().stream()
                        .filter(point -> Double.isFinite(point.value()))
                        .forEach(point -> add(question, own, le == null ? "" : le, point));
            }
        }
    }

    private void add(Question question, SeriesName own, String le, Point point) {
        var moment = moments.computeIfAbsent(point.millis(), at -> new Moment());
        var value = new TargetRates.Value(own, point.value());
        switch (question.kind()) {
            case COUNTER -> moment.counters.add(value);
            case GAUGE -> moment.gauges.add(value);
            case HISTOGRAM -> {
                var histogram = moment.histograms.computeIfAbsent(own, key -> new Distribution());
                if (le.isEmpty()) {
                    histogram.sum = Total.add(histogram.sum, point.value() * question.scale());
                } else {
                    bound(le)
                            .ifPresent(bound ->
                                    histogram.counts.merge(
                                            bound * question.scale(), point.value(), Double::sum));
                }
            }
        }
    }

    private static Optional<Double> bound(String le) {
        try {
            return Optional.of(
                    le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The moments, by the clock of the server. */
    NavigableSet<Long> moments() {
        return new TreeSet<>(moments.keySet());
    }

    /** What was answered of a moment. */
    TargetRates at(long millis) {
        var moment = moments.get(millis);
        if (moment == null) {
            return TargetRates.NONE;
        }
        var histograms = new ArrayList<TargetRates.Histogram>();
        moment.histograms.forEach((name, distribution) -> {
            var increase = distribution.snapshot();
            if (increase.count() >= 0) {
                histograms.add(new TargetRates.Histogram(name.metric(), name.labels(), increase));
            }
        });
        return new TargetRates(moment.counters, moment.gauges, histograms, seconds);
    }
}
