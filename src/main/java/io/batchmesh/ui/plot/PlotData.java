package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.Series;
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

    double greatest(Curve curve) {
        return greatest(curve.series());
    }

    /** The greatest value inside the window, {@code NaN} if nothing is known there. */
    double greatest(Series series) {
        double greatest = Double.NaN;
        for (int i = series.size() - 1; i >= 0; i--) {
            if (series.millis(i) < window.startMillis()) {
                break;
            }
            double value = series.value(i);
            greatest = Double.isNaN(value) || value <= greatest ? greatest : value;
        }
        return greatest;
    }
}
