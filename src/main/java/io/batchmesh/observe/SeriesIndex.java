package io.batchmesh.observe;

import io.batchmesh.metrics.Scrape;
import io.batchmesh.metrics.SeriesName;
import io.batchmesh.metrics.SeriesTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series of a target that say something about a mesh, sorted into counters, gauges and
 * histograms once when they are first seen. By their names, since a target may leave types out.
 * Those of other kinds of proxies are known here by the names that our own would give them.
 */
final class SeriesIndex {
    /** Others, such as those of the runtime, are left alone. */
    private static final String PREFIX = "batchmesh_";

    /** No histogram has more; a broken target might. */
    private static final int MAX_BUCKETS = 1_000;

    private static final String BUCKET = "_bucket";
    private static final String SUM = "_sum";
    private static final String COUNT = "_count";

    private final SeriesTable table;
    private final Dialect.Scene scene;
    private final List<Entry> counters = new ArrayList<>();
    private final List<Entry> gauges = new ArrayList<>();
    private final Map<SeriesName, HistogramGroup> histograms = new LinkedHashMap<>();
    private int indexed;

    SeriesIndex(SeriesTable table, Dialect.Scene scene) {
        this.table = table;
        this.scene = scene;
    }

    /** A single number. */
    record Entry(int id, SeriesName name) {}

    /** Sorts in what the table has got since the last time. */
    void update() {
        for (; indexed < table.size(); indexed++) {
            var name = table.name(indexed);
            if (name != null && name.metric().startsWith(PREFIX)) {
                add(indexed, name);
            } else if (name != null && !scene.caller().isEmpty()) {
                addForeign(indexed, name);
            }
        }
    }

    List<Entry> counters() {
        return Collections.unmodifiableList(counters);
    }

    List<Entry> gauges() {
        return Collections.unmodifiableList(gauges);
    }

    Iterable<HistogramGroup> histograms() {
        return Collections.unmodifiableCollection(histograms.values());
    }

    private void add(int id, SeriesName name) {
        var metric = name.metric();
        var bound = bound(name);
        if (metric.endsWith(BUCKET) && bound != null) {
            group(name, BUCKET).bucket(id, bound);
        } else if (metric.endsWith(SUM)) {
            group(name, SUM).sum(id);
        } else if (metric.endsWith("_total")) {
            counters.add(new Entry(id, name));
        } else if (!metric.endsWith(COUNT) && !metric.endsWith("_created")) {
            // The count of a histogram is its greatest bucket.
            gauges.add(new Entry(id, name));
        }
    }

    private void addForeign(int id, SeriesName name) {
        for (var dialect : Dialects.FOREIGN) {
            var question = dialect.question(name.metric());
            if (question != null && question.kind() != Question.Kind.HISTOGRAM) {
                var own = dialect.own(name.metric(), name.labels(), scene);
                if (own != null) {
                    scene.names().carried(own.label("link"), dialect.kind());
                    var list = question.kind() == Question.Kind.COUNTER ? counters : gauges;
                    list.add(new Entry(id, own));
                }
                return;
            }
            if (addForeign(id, name, dialect)) {
                return;
            }
        }
    }

    /** Takes a part of a histogram of another kind of proxy; whether it is one. */
    private boolean addForeign(int id, SeriesName name, Dialect dialect) {
        var suffix = name.metric().endsWith(BUCKET) ? BUCKET : SUM;
        if (!name.metric().endsWith(suffix)) {
            return false;
        }
        var base = base(name, suffix);
        var question = dialect.question(base.metric());
        if (question == null || question.kind() != Question.Kind.HISTOGRAM) {
            return false;
        }
        var own = dialect.own(base.metric(), base.labels(), scene);
        var bound = bound(name);
        if (own == null || (suffix.equals(BUCKET) && bound == null)) {
            return true;
        }
        var group =
                histograms.computeIfAbsent(base, key -> new HistogramGroup(own, question.scale()));
        if (bound == null) {
            group.sum(id);
        } else {
            group.bucket(id, bound * question.scale());
        }
        return true;
    }

    private HistogramGroup group(SeriesName name, String suffix) {
        return histograms.computeIfAbsent(base(name, suffix), key -> new HistogramGroup(key, 1));
    }

    /** The histogram that a series is part of. */
    private static SeriesName base(SeriesName name, String suffix) {
        var metric = name.metric().substring(0, name.metric().length() - suffix.length());
        var labels = new HashMap<>(name.labels());
        labels.remove("le");
        return new SeriesName(metric, labels);
    }

    private static @Nullable Double bound(SeriesName name) {
        var le = name.label("le");
        if (le == null) {
            return null;
        }
        if (le.equals("+Inf")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            var bound = Double.parseDouble(le);
            return Double.isNaN(bound) ? null : bound;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The series that make up one histogram. */
    static final class HistogramGroup {
        private final SeriesName name;
        private final double scale;
        private int[] ids = new int[0];
        private double[] bounds = new double[0];
        private int sum = -1;
        private boolean ordered;
        private double @Nullable [] inOrder;

        private HistogramGroup(SeriesName name, double scale) {
            this.name = name;
            this.scale = scale;
        }

        String metric() {
            return name.metric();
        }

        Map<String, String> labels() {
            return name.labels();
        }

        /** What the unit of the sum is in that of the bounds. */
        double scale() {
            return scale;
        }

        int buckets() {
            return ids.length;
        }

        int bucket(int i) {
            return ids[i];
        }

        double[] bounds() {
            return bounds.clone();
        }

        /** The bounds where each is above the one before, else null; not to be changed. */
        double @Nullable [] rising() {
            if (!ordered) {
                ordered = true;
                inOrder = isRising() ? bounds.clone() : null;
            }
            return inOrder;
        }

        private boolean isRising() {
            for (var i = 1; i < bounds.length; i++) {
                if (!(bounds[i] > bounds[i - 1])) {
                    return false;
                }
            }
            return bounds.length > 0;
        }

        /** Id of the sum, -1 when there is none. */
        int sum() {
            return sum;
        }

        boolean isIn(Scrape scrape) {
            for (var id : ids) {
                if (scrape.has(id)) {
                    return true;
                }
            }
            return false;
        }

        private void bucket(int id, double bound) {
            if (ids.length == MAX_BUCKETS) {
                return;
            }
            ordered = false;
            ids = Arrays.copyOf(ids, ids.length + 1);
            bounds = Arrays.copyOf(bounds, bounds.length + 1);
            ids[ids.length - 1] = id;
            bounds[bounds.length - 1] = bound;
        }

        private void sum(int id) {
            sum = id;
        }
    }
}
