package io.batchmesh.mesh;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What became of the calls over a link. One thread counts, any may read. */
final class CallStats {
    private final Map<CallFigures.Count, LongAdder> counts = counters();
    private final LatencyHistogram sinceWritten = new LatencyHistogram();
    private final LatencyHistogram sinceDue = new LatencyHistogram();

    private static Map<CallFigures.Count, LongAdder> counters() {
        var counters = new EnumMap<CallFigures.Count, LongAdder>(CallFigures.Count.class);
        for (var what : CallFigures.Count.values()) {
            counters.put(what, new LongAdder());
        }
        return counters;
    }

    void add(CallFigures.Count what) {
        Objects.requireNonNull(counts.get(what)).increment();
    }

    /** Counts an answer and how long it took, in nanoseconds of one ticker. */
    void answered(Answers.Verdict verdict, long due, long written, long now) {
        add(
                switch (verdict) {
                    case OWN -> CallFigures.Count.OWN;
                    case SHARED -> CallFigures.Count.SHARED;
                    case ERROR -> CallFigures.Count.ERROR;
                    case WRONG -> CallFigures.Count.WRONG;
                });
        sinceWritten.record(now - written);
        sinceDue.record(now - due);
    }

    long count(CallFigures.Count what) {
        return Objects.requireNonNull(counts.get(what)).sum();
    }

    CallFigures figures() {
        var copy = new EnumMap<CallFigures.Count, Long>(CallFigures.Count.class);
        counts.forEach((what, n) -> copy.put(what, n.sum()));
        return new CallFigures(copy, sinceWritten.snapshot(), sinceDue.snapshot());
    }
}
