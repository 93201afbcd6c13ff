package io.batchmesh.metrics;

import java.util.List;
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
     * (prometheus.io/docs/instrumenting/exposition_formats); OpenMetrics 1.0
     * (prometheus.io/docs/specs/om/open_metrics_spec). Read more leniently than they demand:
     * families may be interleaved, types may be missing, lines may end in CR LF, and the last line
     * feed may be missing.
     *
     * @return an {@link Exposition}, or where and how the text is {@link Malformed}
     */
    public static ExpositionResult parse(
            byte[] text, ExpositionFormat format, ExpositionLimits limits) {
        try {
            return new Exposition(new Reading(text, limits).families(format));
        } catch (BadLine e) {
            return e.in(text);
        }
    }

    private static final class Reading {
        private final byte[] text;
        private final ExpositionLimits limits;
        private final Lexer lexer;

        private Reading(byte[] text, ExpositionLimits limits) {
            this.text = text;
            this.limits = limits;
            this.lexer = new Lexer(limits);
        }

        private List<MetricFamily> families(ExpositionFormat format) throws BadLine {
            lexer.open(text, text.length, format);
            var families = new FamilyCollector(lexer.strict());
            var count = 0;
            var ended = false;
            while (lexer.line()) {
                if (ended) {
                    throw new BadLine(lexer.position(), "nothing may follow '# EOF'");
                }
                if (lexer.comment()) {
                    ended = metadata(families);
                } else if (++count > limits.maxSamples()) {
                    throw new BadLine(
                            lexer.position(), "more than " + limits.maxSamples() + " samples");
                } else {
                    families.sample(sample());
                }
            }
            if (lexer.strict() && !ended) {
                throw new BadLine(text.length, "'# EOF' is missing: the text is cut short");
            }
            return families.families();
        }

        /** Whether the line was the last. */
        private boolean metadata(FamilyCollector families) throws BadLine {
            var from = lexer.position();
            var end = lexer.lineEnd();
            var line = MetadataLine.read(text, from, end, lexer.strict());
            lexer.skipTo(end);
            if (line.kind() == MetadataLine.Kind.EOF) {
                return true;
            }
            families.metadata(line, from);
            return false;
        }

        private Sample sample() throws BadLine {
            var from = lexer.position();
            var end = lexer.seriesEnd();
            var name = SeriesReader.series(text, from, end, lexer.strict(), limits.maxLabels());
            lexer.sample(end);
            return new Sample(
                    name.metric(), name.labels(), lexer.value(), lexer.timestamp(), exemplar());
        }

        private @Nullable Exemplar exemplar() throws BadLine {
            var span = lexer.exemplar();
            if (span == null) {
                return null;
            }
            var labels =
                    SeriesReader.labels(
                            text,
                            span.labelsFrom(),
                            span.labelsTo(),
                            lexer.strict(),
                            limits.maxLabels());
            return new Exemplar(labels, span.value(), span.timestamp());
        }
    }
}
