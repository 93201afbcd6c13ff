package io.batchmesh.metrics;

import java.util.List;
import java.util.Map;

/**
 * How long the requests of a link took, from the complete request head to the last reply byte
 * written.
 *
 * @param all requests on every path
 * @param batched requests that went through a batch ({@code path="batched"})
 * @param byPath by the label {@code path}, in the order of the names
 * @param histogram increase over the window, every path, bounds in seconds
 * @param traces of the requests that were traced the last one of each range of latency, few
 */
public record LinkLatency(
        Latency all,
        Latency batched,
        Map<String, Latency> byPath,
        HistogramSnapshot histogram,
        List<TraceSample> traces) {
    /** Nothing was observed. */
    public static final LinkLatency NONE =
            new LinkLatency(Latency.NONE, Latency.NONE, Map.of(), HistogramSnapshot.EMPTY);

    public LinkLatency {
        byPath = Frozen.map(byPath);
        traces = List.copyOf(traces);
    }

    /** Without traces. */
    public LinkLatency(
            Latency all,
            Latency batched,
            Map<String, Latency> byPath,
            HistogramSnapshot histogram) {
        this(all, batched, byPath, histogram, List.of());
    }
}
