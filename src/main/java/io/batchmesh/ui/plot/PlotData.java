package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Mark;
import java.util.List;

/**
 * What a plot shows at one moment.
 *
 * @param window the stretch of time
 * @param curves from the bottom up, in the order of the legend
 * @param marks what happened meanwhile; those outside the window are left out
 */
public record PlotData(TimeWindow window, List<Curve> curves, List<Mark> marks) {

    public PlotData {
        curves = List.copyOf(curves);
        marks = List.copyOf(marks);
    }

    /** Without marks. */
    public PlotData(TimeWindow window, List<Curve> curves) {
        this(window, curves, List.of());
    }

    /** The greatest value inside the window, {@code NaN} if nothing is known there. */
    double greatest(Curve curve) {
        double greatest = Double.NaN;
        for (int i = 0; i < curve.series().size(); i++) {
            double value = curve.series().value(i);
            if (!Double.isNaN(value)
                    && curve.series().millis(i) >= window.startMillis()
                    && !(value <= greatest)) {
                greatest = value;
            }
        }
        return greatest;
    }
}
