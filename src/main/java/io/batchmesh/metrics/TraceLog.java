package io.batchmesh.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The traces that were seen of each link in the last quarter of an hour: at most {@link #MOST} of a
 * link and of {@link #MOST_LINKS} links. For one thread at a time.
 */
final class TraceLog {
    static final int MOST = 240;
    static final int MOST_LINKS = 2_000;

    private static final long KEPT_MILLIS = 15 * 60 * 1000L;

    private final Map<String, Deque<TraceSample>> links = new HashMap<>();

    void add(LinkMetrics link, long nowMillis) {
        var samples = link.latency().traces();
        if (samples.isEmpty()) {
            return;
        }
        var kept = links.get(link.link());
        if (kept == null) {
            if (links.size() >= MOST_LINKS) {
                return;
            }
            kept = new ArrayDeque<>();
            links.put(link.link(), kept);
        }
        add(kept, samples, nowMillis);
    }

    private static void add(Deque<TraceSample> kept, List<TraceSample> samples, long nowMillis) {
        var known = new HashSet<String>();
        kept.forEach(k -> known.add(k.traceId()));
        for (var sample : sorted(samples)) {
            boolean fresh = nowMillis - sample.millis() < KEPT_MILLIS;
            if (fresh && known.add(sample.traceId())) {
                kept.addLast(sample);
            }
        }
        while (kept.size() > MOST
                || (!kept.isEmpty() && nowMillis - kept.getFirst().millis() > KEPT_MILLIS)) {
            kept.removeFirst();
        }
    }

    private static List<TraceSample> sorted(List<TraceSample> samples) {
        var all = new ArrayList<>(samples);
        all.sort(Comparator.comparingLong(TraceSample::millis));
        return all;
    }

    List<TraceSample> of(String link) {
        var kept = links.get(link);
        return kept == null ? List.of() : new ArrayList<>(kept);
    }
}
