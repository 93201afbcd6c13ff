package io.batchmesh.metrics;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What OpenMetrics 1.0 demands of the samples of one metric, which differ only in their suffix, in
 * {@code le}, {@code quantile} or the state, and in their time. Source:
 * prometheus.io/docs/specs/om/open_metrics_spec, section "Metric Types".
 */
final class MetricRules {
    private static final int EXEMPLAR_CHARACTERS = 128;

    private final String family;
    private final MetricType type;
    private final int first;
    private final Map<String, Double> times = new HashMap<>();
    private double time = Double.NaN;
    private HistogramRules histogram;

    /**
     * Makes one without samples.
     *
     * @param first where its first line begins
     */
    MetricRules(String family, MetricType type, int first) {
        this.family = family;
        this.type = type;
        this.first = first;
        this.histogram = new HistogramRules(type, first);
    }

    void sample(Sample sample, String suffix, int position) throws BadLine {
        time(sample, position);
        exemplar(sample, suffix, position);
        var value = sample.value();
        switch (type) {
            case COUNTER -> notNegative(sample, position);
            case HISTOGRAM, GAUGEHISTOGRAM -> histogram(sample, suffix, position);
            case SUMMARY -> summary(sample, suffix, position);
            case INFO -> check(value == 1, "the value of an info is 1", position);
            case STATESET -> {
                check(
                        sample.labels().containsKey(family),
                        "a state needs the label '" + family + "'",
                        position);
                check(value == 0 || value == 1, "the value of a state is 0 or 1", position);
            }
            case GAUGE, UNTYPED, UNKNOWN -> {}
        }
    }

    void end() throws BadLine {
        histogram.end();
    }

    /** Samples of one series need times that do not fall; without any there is only one. */
    private void time(Sample sample, int position) throws BadLine {
        var now = sample.timestamp();
        var before = times.put(sample.name() + sample.labels(), now);
        if (before != null) {
            check(
                    !Double.isNaN(now) && !Double.isNaN(before),
                    "a second sample of the same series needs timestamps",
                    position);
            check(now >= before, "the timestamps of a series must not fall", position);
        }
        if (Double.compare(now, time) != 0) {
            histogram.end();
            histogram = new HistogramRules(type, first);
        }
        time = now;
    }

    private void exemplar(Sample sample, String suffix, int position) throws BadLine {
        var exemplar = sample.exemplar();
        if (exemplar == null) {
            return;
        }
        var allowed =
                switch (type) {
                    case COUNTER -> suffix.equals("_total");
                    case HISTOGRAM, GAUGEHISTOGRAM -> suffix.equals("_bucket");
                    default -> false;
                };
        check(allowed, "only counters and buckets have exemplars", position);
        var length = 0;
        for (var label : exemplar.labels().entrySet()) {
            length += characters(label.getKey()) + characters(label.getValue());
        }
        check(
                length <= EXEMPLAR_CHARACTERS,
                "the labels of an exemplar have at most " + EXEMPLAR_CHARACTERS + " characters",
                position);
    }

    private void histogram(Sample sample, String suffix, int position) throws BadLine {
        switch (suffix) {
            case "_bucket" -> {
                notNegative(sample, position);
                histogram.bucket(bound(sample, position), sample.value(), position);
            }
            case "_count", "_gcount" -> {
                notNegative(sample, position);
                histogram.count(sample.value());
            }
            case "_sum" -> {
                notNegative(sample, position);
                histogram.sum(sample.value());
            }
            case "_gsum" -> {
                check(!Double.isNaN(sample.value()), "a sum must be a number", position);
                histogram.sum(sample.value());
            }
            default -> {}
        }
    }

    private void summary(Sample sample, String suffix, int position) throws BadLine {
        if (!suffix.isEmpty()) {
            notNegative(sample, position);
            return;
        }
        var quantile = number(sample, "quantile", position);
        check(quantile >= 0 && quantile <= 1, "a quantile lies between 0 and 1", position);
        check(!(sample.value() < 0), "the value of a quantile is not negative", position);
    }

    private static double bound(Sample sample, int position) throws BadLine {
        var bound = number(sample, "le", position);
        var infinite = Double.isInfinite(bound);
        check(
                !Double.isNaN(bound) && infinite == "+Inf".equals(sample.labels().get("le")),
                "the bound of a bucket is a number or +Inf",
                position);
        return bound;
    }

    private static double number(Sample sample, String label, int position) throws BadLine {
        var value = sample.labels().get(label);
        if (value == null) {
            throw new BadLine(position, "'" + sample.name() + "' needs the label '" + label + "'");
        }
        var digits = value.getBytes(StandardCharsets.UTF_8);
        try {
            return Numbers.parse(digits, 0, digits.length);
        } catch (BadLine e) {
            throw new BadLine(position, "label '" + label + "': " + e.getMessage());
        }
    }

    private static void notNegative(Sample sample, int position) throws BadLine {
        check(
                sample.value() >= 0,
                "'" + sample.name() + "' counts, so that it is neither negative nor NaN",
                position);
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static void check(boolean kept, String rule, int position) throws BadLine {
        if (!kept) {
            throw new BadLine(position, rule);
        }
    }
}
