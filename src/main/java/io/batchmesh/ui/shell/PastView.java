package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.ProxyLoad;
import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.ServiceMeasure;
import io.batchmesh.metrics.SnapshotHistory;
import io.batchmesh.ui.plot.HeatData;
import io.batchmesh.ui.plot.TimeWindow;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The past as a window of time needs it: by the second where the window lies within the last
 * quarter of an hour, else as means of ten seconds.
 *
 * @param past what is looked at
 * @param window the stretch of time
 * @param then another period that it is compared with, null when with none
 */
record PastView(SnapshotHistory past, TimeWindow window, @Nullable PastView then) {
    /** One that is compared with nothing. */
    PastView(SnapshotHistory past, TimeWindow window) {
        this(past, window, null);
    }

    /** How much earlier another period ended. */
    long millisSince(PastView other) {
        return window.nowMillis() - other.window().nowMillis();
    }

    /** Whether the quarter of an hour does not reach back far enough. */
    boolean ofDay() {
        return window.startMillis() < past.firstMillis()
                && past.firstDayMillis() < past.firstMillis();
    }

    /** What is later than the window is not known yet. */
    private Series cut(Series series) {
        return window.live() ? series : series.until(window.nowMillis());
    }

    Series link(String link, LinkMeasure measure) {
        return cut(ofDay() ? past.day(link, measure) : past.series(link, measure));
    }

    Series service(String service, ServiceMeasure measure) {
        return cut(ofDay() ? past.serviceDay(service, measure) : past.service(service, measure));
    }

    Series proxy(String proxy, Activity activity) {
        return cut(ofDay() ? past.proxyDay(proxy, activity) : past.proxy(proxy, activity));
    }

    Series proxy(String proxy, ProxyLoad.Measure measure) {
        return cut(past.proxy(proxy, measure));
    }

    Series cost(Activity activity) {
        return cut(ofDay() ? past.costDay(activity) : past.cost(activity));
    }

    List<HeatData.Column> heat(String link) {
        return past.heat(link, ofDay()).stream()
                .filter(m -> m.millis() <= window.nowMillis())
                .map(m -> new HeatData.Column(m.millis(), m.histogram()))
                .toList();
    }

    List<Mark> marks() {
        return past.marks();
    }

    /** A number made of two, at the times of the first; a gap where either has one. */
    static Series of(Series one, Series other, DoubleBinaryOperator number) {
        var times = one.times();
        var values = one.values();
        var at = 0;
        for (int i = 0; i < times.length; i++) {
            while (at < other.size() && other.millis(at) < times[i]) {
                at++;
            }
            boolean both = at < other.size() && other.millis(at) == times[i];
            values[i] = both ? number.applyAsDouble(values[i], other.value(at)) : Double.NaN;
        }
        return Series.of(times, values);
    }

    /** The sum of what is known of some. */
    static Series sum(List<Series> parts) {
        if (parts.isEmpty()) {
            return Series.EMPTY;
        }
        var sum = parts.getFirst();
        for (var part : parts.subList(1, parts.size())) {
            sum = of(sum, part, PastView::plus);
        }
        return sum;
    }

    private static double plus(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : one + other;
    }
}
