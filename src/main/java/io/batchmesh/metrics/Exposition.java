package io.batchmesh.metrics;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a target exposes, family by family: for a person to read. {@link Scrape} is the way for
 * reading the same target again and again.
 *
 * @param families in the order in which they were first named
 */
public record Exposition(List<MetricFamily> families) implements ExpositionResult {
    public Exposition {
        families = List.copyOf(families);
    }

    /** Reads a text whose format is guessed, within {@link ExpositionLimits#DEFAULT}. */
    public static ExpositionResult parse(byte[] text) {
        return parse(text, ExpositionFormat.guess(text), ExpositionLimits.DEFAULT);
    }

    /**
     * Reads a text. Sources: Prometheus exposition formats, text 0.0.4
     * (prometheus.io/docs/instrumenting/exposition_formats), read more leniently than it demands:
     * families may be interleaved, types may be missing, lines may end in CR LF, and the last line
     * feed may be missing; OpenMetrics 1.0 (prometheus.io/docs/specs/om/open_metrics_spec), held to
     * all of its rules, see {@link OpenMetricsRules}.
     *
     * @return an {@link Exposition}, or where and how the text is {@link Malformed}
     */
    public static ExpositionResult parse(
            byte[] text, ExpositionFormat format, ExpositionLimits limits) {
        var rules = format == ExpositionFormat.OPENMETRICS ? new OpenMetricsRules() : RuleBook.NONE;
        return read(text, format, limits, rules);
    }

    /**
     * Reads a text as a scrape does: as long as every line can be read, it does not matter whether
     * the families keep to the rules of OpenMetrics.
     */
    public static ExpositionResult lenient(
            byte[] text, ExpositionFormat format, ExpositionLimits limits) {
        return read(text, format, limits, RuleBook.NONE);
    }

    private static ExpositionResult read(
            byte[] text, ExpositionFormat format, ExpositionLimits limits, RuleBook rules) {
        try {
            var reading = new Reading(text, format, limits, rules);
            return new Exposition(reading.families());
        } catch (BadLine e) {
            return e.in(text);
        }
    }

    private static final class Reading implements ExpositionReader.Sink {
        private final byte[] text;
        private final ExpositionFormat format;
        private final ExpositionLimits limits;
        private final SeriesTable table;
        private final FamilyCollector families;
        private final RuleBook rules;
        private int samples;

        private Reading(
                byte[] text, ExpositionFormat format, ExpositionLimits limits, RuleBook rules) {
            this.text = text;
            this.format = format;
            this.limits = limits;
            this.rules = rules;
            this.table = new SeriesTable(limits);
            this.families = new FamilyCollector();
        }

        private List<MetricFamily> families() throws BadLine {
            new ExpositionReader(table, this).read(text, text.length, format);
            rules.end();
            return families.families(
                    format == ExpositionFormat.OPENMETRICS
                            ? MetricType.UNKNOWN
                            : MetricType.UNTYPED);
        }

        @Override
        public void metadata(MetadataLine said, int from) throws BadLine {
            rules.metadata(said, from);
            families.metadata(said);
        }

        @Override
        public void sample(int id, Lexer line, int from) throws BadLine {
            if (++samples > limits.maxSamples()) {
                throw new BadLine(from, "more than " + limits.maxSamples() + " samples");
            }
            var name = Objects.requireNonNull(table.name(id));
            var sample =
                    new Sample(
                            name.metric(),
                            name.labels(),
                            line.value(),
                            line.timestamp(),
                            exemplar(line));
            rules.sample(sample, from);
            families.sample(sample);
        }

        private @Nullable Exemplar exemplar(Lexer line) throws BadLine {
            var span = line.exemplar();
            if (span == null) {
                return null;
            }
            var labels =
                    SeriesReader.labels(
                            text,
                            span.labelsFrom(),
                            span.labelsTo(),
                            line.strict(),
                            limits.maxLabels());
            return new Exemplar(labels, span.value(), span.timestamp());
        }
    }
}
