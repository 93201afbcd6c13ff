package io.batchmesh.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts samples and metadata together to families, also where families are interleaved. */
final class FamilyCollector {
    private final Map<String, Builder> families = new LinkedHashMap<>();

    /** Takes a metadata line; what is said twice counts as it was said last. */
    void metadata(MetadataLine line) {
        var family = families.computeIfAbsent(line.family(), Builder::new);
        switch (line.kind()) {
            case TYPE -> family.type = MetricType.of(line.text()).orElseThrow();
            case HELP -> family.help = line.text();
            case UNIT -> family.unit = line.text();
            case EOF, COMMENT -> {}
        }
    }

    void sample(Sample sample) {
        var family = owner(sample.name());
        if (family == null) {
            family = families.computeIfAbsent(sample.name(), Builder::new);
        }
        family.samples.add(sample);
    }

    /**
     * The families in the order in which they were first named.
     *
     * @param unsaid the type of those of which none was said
     */
    List<MetricFamily> families(MetricType unsaid) {
        var built = new ArrayList<MetricFamily>(families.size());
        for (var family : families.values()) {
            built.add(family.build(unsaid));
        }
        return built;
    }

    private @Nullable Builder owner(String name) {
        var exact = families.get(name);
        if (exact != null && exact.type != null) {
            return exact;
        }
        var underscore = name.lastIndexOf('_');
        if (underscore > 0) {
            var stem = families.get(name.substring(0, underscore));
            if (stem != null
                    && stem.type != null
                    && stem.type.suffixes().contains(name.substring(underscore))) {
                return stem;
            }
        }
        return exact;
    }

    private static final class Builder {
        private final String name;
        private final List<Sample> samples = new ArrayList<>();
        private @Nullable MetricType type;
        private @Nullable String help;
        private @Nullable String unit;

        private Builder(String name) {
            this.name = name;
        }

        private MetricFamily build(MetricType unsaid) {
            return new MetricFamily(
                    name,
                    type == null ? unsaid : type,
                    unit == null ? "" : unit,
                    help == null ? "" : help,
                    samples);
        }
    }
}
