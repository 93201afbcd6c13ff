package io.batchmesh.observe;

import io.batchmesh.metrics.ExemplarShelf;
import io.batchmesh.metrics.TraceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The exemplars of the latency of links. */
final class Traces {
    private static final String BUCKETS = "batchmesh_request_duration_seconds_bucket";
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
    private static final double RANGES_A_DECADE = 5;
    private static final double LEAST = 1e-6;
    private static final double MOST = 1e5;

    private Traces() {}

    static List<TargetRates.Trace> of(ExemplarShelf shelf) {
        if (shelf.isEmpty()) {
            return List.of();
        }
        var traces = new ArrayList<TargetRates.Trace>();
        for (var kept : shelf.all()) {
            var link = kept.series().label("link");
            var id = kept.exemplar().labels().getOrDefault("trace_id", "").toLowerCase(Locale.ROOT);
            double seconds = kept.exemplar().value();
            double when = kept.exemplar().timestamp();
            boolean whole = Double.isFinite(seconds) && Double.isFinite(when);
            if (link != null
                    && whole
                    && kept.series().metric().equals(BUCKETS)
                    && TRACE.matcher(id).matches()) {
                var sample = new TraceSample(seconds, id, (long) (when * 1e3));
                traces.add(new TargetRates.Trace(link, sample));
            }
        }
        return traces;
    }

    /** The number of the range of latencies that this is in: five a decade. */
    static int range(double seconds) {
        double clean = Math.clamp(seconds, LEAST, MOST);
        return (int) Math.floor(Math.log10(clean) * RANGES_A_DECADE);
    }
}
