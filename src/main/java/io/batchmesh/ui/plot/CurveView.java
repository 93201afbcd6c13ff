package io.batchmesh.ui.plot;

import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.Series;
import io.batchmesh.ui.theme.Formats;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the plots of curves have in common. */
abstract class CurveView implements PlotView {
    private @Nullable PlotData data;

    void show(PlotData next) {
        data = next;
    }

    List<Curve> curves() {
        return data == null ? List.of() : data.curves();
    }

    /** Those of the period that is shown. */
    List<Curve> ownCurves() {
        return curves().stream().filter(curve -> !curve.ghostly()).toList();
    }

    /** Those of another period. */
    List<Curve> ghosts() {
        return curves().stream().filter(Curve::ghostly).toList();
    }

    @Nullable PlotData data() {
        return data;
    }

    @Override
    public final @Nullable TimeWindow window() {
        return data == null ? null : data.window();
    }

    @Override
    public final List<Mark> marks() {
        return data == null ? List.of() : data.marks();
    }

    @Override
    public boolean empty() {
        return curves().stream().allMatch(curve -> Double.isNaN(greatest(curve)));
    }

    @Override
    public final double secondsSinceLast() {
        double least = Double.NaN;
        TimeWindow window = window();
        if (window != null) {
            for (Curve curve : ownCurves()) {
                double since = (window.nowMillis() - lastMillis(curve)) / 1e3;
                least = since >= least ? least : since;
            }
        }
        return least;
    }

    private static double lastMillis(Curve curve) {
        for (int i = curve.series().size() - 1; i >= 0; i--) {
            if (!Double.isNaN(curve.series().value(i))) {
                return curve.series().millis(i);
            }
        }
        return Double.NaN;
    }

    @Override
    public final String csv() {
        return data == null ? "" : PlotCsv.of(data);
    }

    @Override
    public String describe() {
        return ownCurves().stream()
                .map(curve -> curve.name() + " " + curve.measure().worded(latest(curve.series())))
                .collect(Collectors.joining(", "));
    }

    String worded(double secondsBefore) {
        TimeWindow window = window();
        return window == null ? "" : window.worded(secondsBefore);
    }

    double greatest(Curve curve) {
        return data == null ? Double.NaN : data.greatest(curve);
    }

    /** The value closest to a moment, {@code NaN} if there is none close by. */
    double valueAt(Curve curve, double secondsBefore) {
        TimeWindow window = window();
        if (window == null) {
            return Double.NaN;
        }
        int at = nearest(curve, window.millisBefore(secondsBefore));
        return at < 0 ? Double.NaN : curve.series().value(at);
    }

    /** The value now: {@code NaN} if the last point is a gap. */
    static double latest(Series series) {
        int n = series.size();
        return n == 0 ? Double.NaN : series.value(n - 1);
    }

    static Reading.Row row(Curve curve, Key.Shape shape, double value) {
        return new Reading.Row(
                curve.color(),
                shape,
                curve.name(),
                Formats.fixed(curve.measure().worded(value), 8));
    }

    /** The value of a moment, with that of the other period behind it. */
    Reading.Row row(Curve curve, Key.Shape shape, double value, double secondsBefore) {
        Reading.Row row = row(curve, shape, value);
        return ghosts().stream()
                .filter(ghost -> ghost.name().equals(curve.name()))
                .findFirst()
                .map(ghost -> curve.measure().worded(valueAt(ghost, secondsBefore)))
                .map(was ->
                        new Reading.Row(
                                row.color(), shape, row.name(), row.value() + ", was " + was))
                .orElse(row);
    }

    private static int nearest(Curve curve, long millis) {
        int low = 0;
        int high = curve.series().size() - 1;
        if (high < 0) {
            return -1;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (curve.series().millis(middle) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean earlier =
                low > 0
                        && millis - curve.series().millis(low - 1)
                                < curve.series().millis(low) - millis;
        int at = earlier ? low - 1 : low;
        long tolerance = Math.max(1000, 2 * stepAround(curve, at));
        return Math.abs(curve.series().millis(at) - millis) <= tolerance ? at : -1;
    }

    private static long stepAround(Curve curve, int at) {
        int n = curve.series().size();
        if (n < 2) {
            return 0;
        }
        int left = Math.max(0, Math.min(at, n - 2));
        return Math.min(5000, curve.series().millis(left + 1) - curve.series().millis(left));
    }
}
