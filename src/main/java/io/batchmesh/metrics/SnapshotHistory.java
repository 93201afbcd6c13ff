package io.batchmesh.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last snapshots of a mesh as columns of numbers for plots. Bounded in time and in links, since
 * a day of whole snapshots of a thousand links would not fit; what is read from it is copied and
 * never changes. Safe for any number of threads.
 */
public final class SnapshotHistory {
    /** Snapshots that are kept unless told otherwise: a quarter of an hour at one per second. */
    public static final int CAPACITY = 900;

    /** Links with a history unless told otherwise; about 0.2 MiB each at {@link #CAPACITY}. */
    public static final int MAX_LINKS = 400;

    private static final Duration GAP_AFTER = Duration.ofSeconds(5);
    private static final int MAX_MARKS = 200;

    private final int capacity;
    private final int maxLinks;
    private final Duration gapAfter;
    private final long[] millis;
    private final Map<String, Columns> links = new HashMap<>();
    private final Map<Activity, float[]> cost = new HashMap<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private MeshSnapshot latest = MeshSnapshot.EMPTY;
    private long added;
    private long asked;

    /** One of the default size. */
    public SnapshotHistory() {
        this(CAPACITY, MAX_LINKS, GAP_AFTER);
    }

    /**
     * Makes an empty one.
     *
     * @param capacity snapshots kept, at least 1
     * @param maxLinks links with a history, at least 1; beyond it the links asked for most recently
     *     keep theirs
     * @param gapAfter values older than this are a gap and not a point
     */
    public SnapshotHistory(int capacity, int maxLinks, Duration gapAfter) {
        if (capacity < 1 || maxLinks < 1) {
            throw new IllegalArgumentException("capacity and maxLinks must be at least 1");
        }
        this.capacity = capacity;
        this.maxLinks = maxLinks;
        this.gapAfter = gapAfter;
        this.millis = new long[capacity];
        for (var activity : Activity.values()) {
            cost.put(activity, new float[capacity]);
        }
    }

    /** Takes the next snapshot; one that is not younger than the last is ignored. */
    public synchronized void add(MeshSnapshot snapshot) {
        if (added > 0 && !snapshot.at().isAfter(latest.at())) {
            return;
        }
        latest = snapshot;
        var slot = (int) (added++ % capacity);
        millis[slot] = snapshot.at().toEpochMilli();
        for (var activity : Activity.values()) {
            column(activity)[slot] =
                    snapshot.cost().getOrDefault(activity, Double.NaN).floatValue();
        }
        links.values().forEach(columns -> columns.clear(slot));
        for (var link : snapshot.links().values()) {
            var columns = columnsFor(link.link());
            if (columns != null) {
                record(columns, link);
            }
        }
        links.values().removeIf(columns -> columns.written + capacity < added);
    }

    /** Remembers something that happened; beyond some 200 the oldest are forgotten. */
    public synchronized void mark(Mark mark) {
        marks.addLast(mark);
        if (marks.size() > MAX_MARKS) {
            marks.removeFirst();
        }
    }

    /** The marks, oldest first. */
    public synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** The last snapshot, {@link MeshSnapshot#EMPTY} before the first. */
    public synchronized MeshSnapshot latest() {
        return latest;
    }

    /** Number of snapshots kept. */
    public synchronized int size() {
        return (int) Math.min(added, capacity);
    }

    /**
     * A number of a link over time; all series of one moment have the same times.
     *
     * @param link {@code from->to}; one that is unknown has gaps only
     */
    public synchronized Series series(String link, LinkMeasure measure) {
        var columns = links.get(link);
        if (columns == null) {
            var known = latest.link(link);
            if (known == null) {
                return read(slot -> Double.NaN);
            }
            columns = makeRoom(link);
            record(columns, known);
        }
        columns.asked = ++asked;
        var values = columns.values[measure.index()];
        return read(slot -> values[slot]);
    }

    /** Processor time of an activity over the whole mesh over time, in cores. */
    public synchronized Series cost(Activity activity) {
        var values = column(activity);
        return read(slot -> values[slot]);
    }

    private float[] column(Activity activity) {
        return cost.getOrDefault(activity, new float[capacity]);
    }

    private Series read(ToDoubleFunction<Integer> values) {
        var n = size();
        var times = new long[n];
        var read = new double[n];
        for (var i = 0; i < n; i++) {
            var slot = (int) ((added - n + i) % capacity);
            times[i] = millis[slot];
            read[i] = values.applyAsDouble(slot);
        }
        return new Series(times, read);
    }

    private @Nullable Columns columnsFor(String link) {
        var columns = links.get(link);
        return columns == null && links.size() < maxLinks ? start(link) : columns;
    }

    /** Gives up the link that nobody has asked for the longest, and starts this one. */
    private Columns makeRoom(String link) {
        if (links.size() >= maxLinks) {
            links.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().asked))
                    .ifPresent(oldest -> links.remove(oldest.getKey()));
        }
        return start(link);
    }

    private Columns start(String link) {
        var columns = new Columns(capacity);
        columns.written = added;
        links.put(link, columns);
        return columns;
    }

    private void record(Columns columns, LinkMetrics link) {
        if (link.age(latest.at()).compareTo(gapAfter) <= 0) {
            columns.set((int) ((added - 1) % capacity), link, added);
        }
    }

    /** The numbers of one link: a ring per measure. */
    private static final class Columns {
        private final float[][] values;
        private long written;
        private long asked;

        private Columns(int capacity) {
            values = new float[LinkMeasure.count()][capacity];
            for (var column : values) {
                Arrays.fill(column, Float.NaN);
            }
        }

        private void clear(int slot) {
            for (var column : values) {
                column[slot] = Float.NaN;
            }
        }

        private void set(int slot, LinkMetrics link, long now) {
            for (var i = 0; i < values.length; i++) {
                values[i][slot] = (float) LinkMeasure.at(i).of(link);
            }
            written = now;
        }
    }
}
