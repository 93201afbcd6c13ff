package io.batchmesh.mesh;

import java.util.EnumMap;
import java.util.Map;

/** What became of the calls over a link, seen by those who made them. Immutable. */
public final class CallFigures {
    /** Before any call. */
    public static final CallFigures NONE =
            new CallFigures(
                    Map.of(), LatencyHistogram.Snapshot.none(), LatencyHistogram.Snapshot.none());

    private final Map<Count, Long> counts;
    private final LatencyHistogram.Snapshot sinceWritten;
    private final LatencyHistogram.Snapshot sinceDue;

    CallFigures(
            Map<Count, Long> counts,
            LatencyHistogram.Snapshot sinceWritten,
            LatencyHistogram.Snapshot sinceDue) {
        this.counts = Map.copyOf(counts);
        this.sinceWritten = sinceWritten;
        this.sinceDue = sinceDue;
    }

    /** What is counted. */
    public enum Count {
        /** Calls that were made. */
        SENT,
        /** Calls that were due but not made, since as many as may be were under way. */
        MISSED,
        /** Answers with the request's own nonce. */
        OWN,
        /** Answers of an earlier request for the same thing, from a cache, marked as such. */
        SHARED,
        /** Answers with a status of 400 or more. */
        ERROR,
        /** Answers that belong to another request. */
        WRONG,
        /** Calls without a complete answer. */
        FAILED
    }

    /** A clock for latencies. */
    public enum Clock {
        /** From the moment that the request was written to the last byte of its answer. */
        WRITTEN,
        /** From the moment that the request was due, so with the time that it waited to be sent. */
        DUE
    }

    public long count(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Calls that have an answer. */
    public long answered() {
        return sinceWritten.count();
    }

    /** Mean latency of the answers in seconds; NaN without any. */
    public double mean(Clock clock) {
        return of(clock).mean();
    }

    /** A quantile of the latency in seconds, exact to 3 %; NaN without an answer. */
    public double quantile(Clock clock, double q) {
        return of(clock).quantile(q);
    }

    private LatencyHistogram.Snapshot of(Clock clock) {
        return clock == Clock.WRITTEN ? sinceWritten : sinceDue;
    }

    /** What happened since an earlier reading of the same link. */
    public CallFigures minus(CallFigures earlier) {
        return new CallFigures(
                counts(earlier, -1),
                sinceWritten.minus(earlier.sinceWritten),
                sinceDue.minus(earlier.sinceDue));
    }

    /** Both together. */
    public CallFigures plus(CallFigures other) {
        return new CallFigures(
                counts(other, 1),
                sinceWritten.plus(other.sinceWritten),
                sinceDue.plus(other.sinceDue));
    }

    private Map<Count, Long> counts(CallFigures other, int sign) {
        var result = new EnumMap<Count, Long>(Count.class);
        for (var what : Count.values()) {
            result.put(what, count(what) + sign * other.count(what));
        }
        return result;
    }
}
