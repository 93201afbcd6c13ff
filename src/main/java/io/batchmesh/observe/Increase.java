package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Points;
import io.batchmesh.metrics.PrometheusVersion;
import io.batchmesh.metrics.RangeWindow;
import io.batchmesh.metrics.Scrape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much the counters of a target grew over its readings, by Prometheus's arithmetic: a window
 * that begins and ends with a reading, as version 2 has it, so that a series which was always there
 * is not extrapolated.
 *
 * <p>What a target knows beyond what Prometheus keeps goes into the points: a counter that appears
 * while its process was read before was zero then (what Prometheus ingests as zero when it is told
 * the time of creation); a reset of one bucket is a reset of the whole histogram; a sum of
 * fractions that falls by its rounding has not fallen; a reading in which a series is missing,
 * negative or no number is a gap.
 */
final class Increase {
    /** Sums of fractions may fall by their rounding, which is no reset. */
    private static final double ROUNDING = 1e-9;

    private final List<Reading> readings;
    private final RangeWindow window;
    private final Points points = new Points();
    private final Scrape[] scrapes;
    private final double perSecond;

    /** Takes readings, oldest first; at least one. */
    Increase(List<Reading> readings) {
        this.readings = readings;
        this.window =
                new RangeWindow(
                        PrometheusVersion.V2,
                        readings.getFirst().nanos(),
                        readings.getLast().nanos());
        this.scrapes = readings.stream().map(Reading::scrape).toArray(Scrape[]::new);
        this.perSecond = 1 / window.seconds();
    }

    /**
     * A scrape and when it was made.
     *
     * @param nanos time, of any clock
     */
    record Reading(long nanos, Scrape scrape) {}

    double seconds() {
        return window.seconds();
    }

    /** Per second; {@code NaN} where too few readings have the counter. */
    double rate(int id) {
        var grown = grown(id);
        if (!Double.isNaN(grown)) {
            return grown * perSecond;
        }
        fill(id, null);
        return window.rate(points);
    }

    /**
     * By how much a counter grew that is in all readings and never fell, which is nearly all of
     * them; {@code NaN} for others. The window begins and ends with a reading, so Prometheus's
     * arithmetic extrapolates such a one by a factor of exactly 1.
     */
    private double grown(int id) {
        var before = scrapes[0].value(id);
        var first = before;
        if (scrapes.length < 2 || !(before >= 0)) {
            return Double.NaN;
        }
        for (var i = 1; i < scrapes.length; i++) {
            var value = scrapes[i].value(id);
            if (!(value >= before)) {
                return Double.NaN;
            }
            before = value;
        }
        return before == Double.POSITIVE_INFINITY ? Double.NaN : before - first;
    }

    /** The increase of a histogram that is in all readings and never fell; null for others. */
    private @Nullable HistogramSnapshot grown(SeriesIndex.HistogramGroup group) {
        var bounds = group.rising();
        var sum = group.sum() < 0 ? Double.NaN : grown(group.sum());
        if (bounds == null || group.sum() < 0 || Double.isNaN(sum)) {
            return null;
        }
        var counts = new double[bounds.length];
        for (var b = 0; b < counts.length; b++) {
            counts[b] = grown(group.bucket(b));
            if (Double.isNaN(counts[b])) {
                return null;
            }
        }
        return HistogramSnapshot.ofRising(bounds, counts, sum * group.scale());
    }

    /** Without the buckets of which too few readings are known; a sum of those is {@code NaN}. */
    HistogramSnapshot of(SeriesIndex.HistogramGroup group) {
        var usual = grown(group);
        if (usual != null) {
            return usual;
        }
        var anew = resets(group);
        var bounds = group.bounds();
        var counts = new double[bounds.length];
        var known = 0;
        for (var b = 0; b < bounds.length; b++) {
            fill(group.bucket(b), anew);
            var grown = window.increase(points);
            if (!Double.isNaN(grown)) {
                bounds[known] = bounds[b];
                counts[known++] = grown;
            }
        }
        var sum = Double.NaN;
        if (group.sum() >= 0) {
            fill(group.sum(), anew);
            sum = window.increase(points) * group.scale();
        }
        return HistogramSnapshot.of(
                Arrays.copyOf(bounds, known), Arrays.copyOf(counts, known), sum);
    }

    private void fill(int id, boolean @Nullable [] anew) {
        points.clear();
        var before = Double.NaN;
        var reset = false;
        for (var i = 0; i < readings.size(); i++) {
            var reading = readings.get(i);
            reset |= anew != null && anew[i];
            var value = reading.scrape().value(id);
            if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
                continue;
            }
            if (i > 0 && points.size() == 0 && !readings.get(i - 1).scrape().has(id)) {
                points.add(readings.get(i - 1).nanos(), 0);
            }
            var risen = value < before && !fallen(before, value) ? before : value;
            points.add(reading.nanos(), risen, reset && points.size() > 0);
            before = risen;
            reset = false;
        }
    }

    /** At which readings some bucket has fallen. */
    private boolean[] resets(SeriesIndex.HistogramGroup group) {
        var anew = new boolean[readings.size()];
        for (var i = 1; i < anew.length; i++) {
            for (var b = 0; b < group.buckets() && !anew[i]; b++) {
                var id = group.bucket(b);
                anew[i] =
                        fallen(
                                readings.get(i - 1).scrape().value(id),
                                readings.get(i).scrape().value(id));
            }
        }
        return anew;
    }

    /** False where one of them is {@code NaN}. */
    private static boolean fallen(double before, double after) {
        return after < before - ROUNDING * Math.abs(before);
    }
}
