package io.batchmesh.observe;

import io.batchmesh.metrics.ExpositionFormat;
import io.batchmesh.metrics.ExpositionLimits;
import io.batchmesh.metrics.Malformed;
import io.batchmesh.metrics.Scrape;
import io.batchmesh.metrics.SeriesTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last readings of one target, and the rates that follow from them. For one thread. */
final class Window {
    /** Series that are gone may outnumber those that are there by this before all start anew. */
    private static final int LEFT_OVER = 20_000;

    private final int length;
    private final long maxAgeNanos;
    private final ExpositionLimits limits;
    private final Dialect.Scene scene;
    private final Deque<Increase.Reading> readings = new ArrayDeque<>();
    private final Deque<Scrape> spare = new ArrayDeque<>();
    private SeriesTable table;
    private SeriesIndex index;
    private @Nullable ExpositionFormat format;
    private boolean full;

    /**
     * Makes an empty one.
     *
     * @param length readings kept
     * @param maxAge age beyond which a reading is dropped
     */
    Window(int length, Duration maxAge, ExpositionLimits limits) {
        this(length, maxAge, limits, new Dialect.Scene("", new ServiceNames()));
    }

    /** Makes an empty one, which knows who exposes what it is given. */
    Window(int length, Duration maxAge, ExpositionLimits limits, Dialect.Scene scene) {
        this.length = length;
        this.scene = scene;
        this.maxAgeNanos = maxAge.toNanos();
        this.limits = limits;
        this.table = new SeriesTable(limits);
        this.index = new SeriesIndex(table, scene);
    }

    /**
     * Takes an exposition.
     *
     * @param nanos when it was read; later than the one before
     * @return what is wrong with the text, in which case the window is as before
     */
    Optional<Malformed> add(byte[] text, int size, ExpositionFormat textFormat, long nanos) {
        if (format != textFormat || outgrown()) {
            startAnew(textFormat);
        }
        full = false;
        var scrape = spare.isEmpty() ? new Scrape(table) : spare.removeFirst();
        var failure = scrape.read(text, size, textFormat);
        if (failure.isPresent() && table.size() > limits.maxSamples()) {
            // Either this text has too many series, or those of texts before fill the table.
            startAnew(textFormat);
            scrape = new Scrape(table);
            failure = scrape.read(text, size, textFormat);
            full = failure.isPresent() && table.size() > limits.maxSamples();
        }
        if (failure.isPresent()) {
            if (full) {
                startAnew(textFormat);
            } else {
                spare.addFirst(scrape);
            }
            return failure;
        }
        readings.addLast(new Increase.Reading(nanos, scrape));
        while (readings.size() > length || nanos - readings.getFirst().nanos() > maxAgeNanos) {
            spare.addLast(readings.removeFirst().scrape());
        }
        index.update();
        return failure;
    }

    /** Rates and increases over the window, and the last values of the gauges. */
    TargetRates rates() {
        if (readings.isEmpty()) {
            return TargetRates.NONE;
        }
        var last = readings.getLast().scrape();
        var gauges = new ArrayList<TargetRates.Value>();
        for (var gauge : index.gauges()) {
            if (last.has(gauge.id())) {
                add(gauges, gauge, last.value(gauge.id()));
            }
        }
        var increase = new Increase(List.copyOf(readings));
        if (!(increase.seconds() > 0)) {
            return new TargetRates(List.of(), gauges, List.of(), 0);
        }
        return new TargetRates(
                counters(increase, last),
                gauges,
                histograms(increase, last),
                increase.seconds(),
                Traces.of(table.exemplars()));
    }

    private List<TargetRates.Value> counters(Increase increase, Scrape last) {
        var counters = new ArrayList<TargetRates.Value>();
        for (var counter : index.counters()) {
            if (last.has(counter.id())) {
                add(counters, counter, increase.rate(counter.id()));
            }
        }
        return counters;
    }

    private List<TargetRates.Histogram> histograms(Increase increase, Scrape last) {
        var histograms = new ArrayList<TargetRates.Histogram>();
        for (var group : index.histograms()) {
            if (group.isIn(last)) {
                var grown = increase.of(group);
                if (Double.isFinite(grown.count())) {
                    histograms.add(
                            new TargetRates.Histogram(group.metric(), group.labels(), grown));
                }
            }
        }
        return histograms;
    }

    /** What is no number says nothing, and would spoil every sum that it is part of. */
    private static void add(List<TargetRates.Value> values, SeriesIndex.Entry entry, double value) {
        if (Double.isFinite(value)) {
            values.add(new TargetRates.Value(entry.name(), value));
        }
    }

    /** Whether the last text was refused since it has more series than are read. */
    boolean isFull() {
        return full;
    }

    /** Whether the last reading has no sample at all. */
    boolean isEmpty() {
        return readings.isEmpty() || readings.getLast().scrape().samples() == 0;
    }

    /** Series remembered, those that are gone included. */
    int series() {
        return table.size();
    }

    private boolean outgrown() {
        return !readings.isEmpty()
                && table.size() > 2 * readings.getLast().scrape().samples() + LEFT_OVER;
    }

    private void startAnew(ExpositionFormat textFormat) {
        format = textFormat;
        table = new SeriesTable(limits);
        index = new SeriesIndex(table, scene);
        readings.clear();
        spare.clear();
    }
}
