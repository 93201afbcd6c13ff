package io.batchmesh.ui.plot;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.TraceSample;
import java.util.List;

/**
 * Latency histograms over time.
 *
 * @param window the stretch of time
 * @param columns oldest first
 * @param marks what happened meanwhile
 * @param traces requests whose traces are known
 */
public record HeatData(
        TimeWindow window, List<Column> columns, List<Mark> marks, List<TraceSample> traces) {

    public HeatData {
        columns = List.copyOf(columns);
        marks = List.copyOf(marks);
        traces = List.copyOf(traces);
    }

    /** Without traces. */
    public HeatData(TimeWindow window, List<Column> columns, List<Mark> marks) {
        this(window, columns, marks, List.of());
    }

    /**
     * What one snapshot saw.
     *
     * @param millis when, in milliseconds since 1970
     * @param histogram the increase since the snapshot before, bounds in seconds
     */
    public record Column(long millis, HistogramSnapshot histogram) {}
}
