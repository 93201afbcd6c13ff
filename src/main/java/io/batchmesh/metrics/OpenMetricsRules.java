package io.batchmesh.metrics;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of OpenMetrics 1.0 about families: their lines and those of each of their metrics stand
 * together, metadata stands before samples and is said once, and no two families share the name of
 * a sample. What the samples of one metric owe is held by {@link MetricRules}. Source:
 * prometheus.io/docs/specs/om/open_metrics_spec, sections "Data Model" and "Overall Structure".
 */
final class OpenMetricsRules implements RuleBook {
    /** Families by the names that their samples may have. */
    private final Map<String, String> names = new HashMap<>();

    private final Set<String> started = new HashSet<>();
    private @Nullable Family family;

    @Override
    public void metadata(MetadataLine line, int position) throws BadLine {
        var current = family;
        if (current == null || !current.name.equals(line.family())) {
            current = begin(line.family(), position);
        }
        if (current.hasSamples()) {
            throw new BadLine(
                    position,
                    line.kind() + " of '" + line.family() + "' must stand before its samples");
        }
        if (!current.said.add(line.kind())) {
            throw new BadLine(position, "a second " + line.kind() + " of '" + line.family() + "'");
        }
        if (line.kind() == MetadataLine.Kind.TYPE) {
            current.type = MetricType.of(line.text()).orElseThrow();
            for (var suffix : current.type.sampleSuffixes()) {
                claim(current.name + suffix, current.name, position);
            }
        }
        current.hasUnit |= line.kind() == MetadataLine.Kind.UNIT && !line.text().isEmpty();
        if (current.hasUnit
                && (current.type == MetricType.INFO || current.type == MetricType.STATESET)) {
            throw new BadLine(
                    position,
                    "a " + current.type.label() + " such as '" + current.name + "' has no unit");
        }
    }

    @Override
    public void sample(Sample sample, int position) throws BadLine {
        var current = family;
        var suffix = current == null ? null : current.suffix(sample.name());
        if (current == null || suffix == null) {
            current = begin(sample.name(), position);
            suffix = "";
        }
        current.sample(sample, suffix, position);
    }

    @Override
    public void end() throws BadLine {
        if (family != null) {
            family.end();
        }
    }

    private Family begin(String name, int position) throws BadLine {
        end();
        if (!started.add(name)) {
            var current = family;
            throw new BadLine(
                    position,
                    current != null && current.name.equals(name)
                            ? current.type.label() + " '" + name + "' has no sample of this name"
                            : "the lines of '" + name + "' must stand together");
        }
        claim(name, name, position);
        var begun = new Family(name);
        family = begun;
        return begun;
    }

    private void claim(String sample, String owner, int position) throws BadLine {
        var other = names.putIfAbsent(sample, owner);
        if (other != null && !other.equals(owner)) {
            throw new BadLine(
                    position,
                    "'"
                            + owner
                            + "' and '"
                            + other
                            + "' clash: both may have a sample '"
                            + sample
                            + "'");
        }
    }

    /** One family while its lines are read. */
    private static final class Family {
        private final String name;
        private final Set<MetadataLine.Kind> said = EnumSet.noneOf(MetadataLine.Kind.class);
        private final Set<Map<String, String>> metrics = new HashSet<>();
        private MetricType type = MetricType.UNKNOWN;
        private boolean hasUnit;
        private @Nullable Map<String, String> labels;
        private @Nullable MetricRules metric;

        private Family(String name) {
            this.name = name;
        }

        private boolean hasSamples() {
            return metric != null;
        }

        /** What the name of a sample adds, {@code null} when it is none of this family. */
        private @Nullable String suffix(String sample) {
            if (!sample.startsWith(name)) {
                return null;
            }
            var suffix = sample.substring(name.length());
            return type.sampleSuffixes().contains(suffix) ? suffix : null;
        }

        private void sample(Sample sample, String suffix, int position) throws BadLine {
            var own = labelsOfMetric(sample);
            var current = metric;
            if (current == null || !own.equals(labels)) {
                end();
                if (!metrics.add(own)) {
                    throw new BadLine(
                            position, "the samples of " + name + own + " must stand together");
                }
                current = new MetricRules(name, type, position);
                metric = current;
                labels = own;
            }
            current.sample(sample, suffix, position);
        }

        /** Without the label that tells the samples of one metric apart. */
        private Map<String, String> labelsOfMetric(Sample sample) {
            var label =
                    switch (type) {
                        case HISTOGRAM, GAUGEHISTOGRAM -> "le";
                        case SUMMARY -> "quantile";
                        case STATESET -> name;
                        case COUNTER, GAUGE, INFO, UNTYPED, UNKNOWN -> "";
                    };
            if (!sample.labels().containsKey(label)) {
                return sample.labels();
            }
            var own = new LinkedHashMap<>(sample.labels());
            own.remove(label);
            return own;
        }

        private void end() throws BadLine {
            if (metric != null) {
                metric.end();
            }
        }
    }
}
