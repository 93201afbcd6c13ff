package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Scrape;
import java.util.List;

/**
 * How much counters grew over a row of readings. A counter that falls was reset and counts from
 * zero, as in Prometheus; one that appears counts from zero too, since its process was read before
 * and had not got it. Unlike Prometheus, nothing is extrapolated: a window begins and ends with a
 * reading.
 */
final class Increase {
    /** Sums of fractions may fall by their rounding, which is no reset. */
    private static final double ROUNDING = 1e-9;

    private Increase() {}

    static double of(int id, List<Scrape> scrapes) {
        var increase = 0.0;
        for (var i = 1; i < scrapes.size(); i++) {
            var before = orZero(scrapes.get(i - 1), id);
            var after = orZero(scrapes.get(i), id);
            if (scrapes.get(i).has(id)) {
                increase += Math.max(reset(before, after) ? after : after - before, 0);
            }
        }
        return increase;
    }

    /** A reset of one bucket is a reset of the whole histogram. */
    static HistogramSnapshot of(SeriesIndex.HistogramGroup group, List<Scrape> scrapes) {
        var counts = new double[group.buckets()];
        var sum = 0.0;
        for (var i = 1; i < scrapes.size(); i++) {
            var before = scrapes.get(i - 1);
            var after = scrapes.get(i);
            var anew = reset(group, before, after);
            for (var b = 0; b < counts.length; b++) {
                counts[b] += step(group.bucket(b), before, after, anew);
            }
            if (group.sum() >= 0) {
                sum += step(group.sum(), before, after, anew);
            }
        }
        return HistogramSnapshot.of(group.bounds(), counts, group.sum() >= 0 ? sum : Double.NaN);
    }

    private static boolean reset(SeriesIndex.HistogramGroup group, Scrape before, Scrape after) {
        for (var b = 0; b < group.buckets(); b++) {
            if (reset(orZero(before, group.bucket(b)), orZero(after, group.bucket(b)))) {
                return true;
            }
        }
        return false;
    }

    private static double step(int id, Scrape before, Scrape after, boolean anew) {
        return orZero(after, id) - (anew ? 0 : orZero(before, id));
    }

    private static boolean reset(double before, double after) {
        return after < before - ROUNDING * Math.abs(before);
    }

    private static double orZero(Scrape scrape, int id) {
        return scrape.has(id) ? scrape.value(id) : 0;
    }
}
