package io.batchmesh.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last snapshots of a mesh as numbers over time for plots: each of the last quarter of an hour,
 * and a day of means over ten seconds; of links with their stages, of services and of proxies.
 * Packed, bounded in links and in bytes; what is read from it is copied and never changes. Numbers
 * of the quarter of an hour are precise to 0.05 %, those of the day to 0.4 %; small whole numbers
 * are exact. Safe for any number of threads.
 */
public final class SnapshotHistory {
    /** Snapshots that are kept unless told otherwise: a quarter of an hour at one per second. */
    public static final int CAPACITY = 900;

    /** Links with a history unless told otherwise. */
    public static final int MAX_LINKS = 4_000;

    /** What it occupies at most; beyond it the links asked for least recently lose theirs. */
    public static final long MAX_BYTES = 256L << 20;

    private static final Duration GAP_AFTER = Duration.ofSeconds(5);
    private static final int MAX_MARKS = 200;
    private static final int MAX_OTHERS = 10_000;
    private static final int DROPPED = 13;
    private static final int CHUNK = 150;
    private static final int CHECK_EVERY = 60;
    private static final List<Activity> ACTIVITIES = List.of(Activity.values());
    private static final List<ServiceMeasure> SERVICE_MEASURES = List.of(ServiceMeasure.values());
    private static final List<ProxyLoad.Measure> LOADS = List.of(ProxyLoad.Measure.values());
    private static final String LINK = "link ";
    private static final String SERVICE = "service ";
    private static final String PROXY = "proxy ";
    private static final String COST = "cost";

    private final int maxLinks;
    private final Duration gapAfter;
    private final PackedTier recent;
    private final PackedDay day = new PackedDay();
    private final TraceLog traces = new TraceLog();
    private final HeatHistory heat = new HeatHistory(HeatHistory.MAX_BYTES);
    private final Map<String, Long> asked = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private MeshSnapshot latest = MeshSnapshot.EMPTY;
    private long added;
    private long questions;

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
        this.maxLinks = maxLinks;
        this.gapAfter = gapAfter;
        this.recent = empty(capacity);
    }

    /** Takes the next snapshot; one that is not younger than the last is ignored. */
    public synchronized void add(MeshSnapshot snapshot) {
        if (added > 0 && !snapshot.at().isAfter(latest.at())) {
            return;
        }
        latest = snapshot;
        var millis = snapshot.at().toEpochMilli();
        day.at(millis);
        heat.at(millis);
        record(COST, cores(snapshot.cost()));
        for (var link : snapshot.links().values()) {
            if (known(LINK + link.link(), maxLinks, asked.size())) {
                asked.putIfAbsent(link.link(), 0L);
                if (fresh(link)) {
                    recent(LINK + link.link(), numbers(link));
                    day.add(LINK + link.link(), dailyNumbers(link));
                    heat.add(link);
                    traces.add(link, millis);
                }
            }
        }
        for (var service : snapshot.services().values()) {
            if (known(SERVICE + service.service(), MAX_OTHERS, recent.groups())) {
                record(SERVICE + service.service(), numbers(service));
            }
        }
        for (var proxy : snapshot.proxies().values()) {
            if (proxy.state() == ProxyState.LIVE
                    && known(PROXY + proxy.proxy(), MAX_OTHERS, recent.groups())) {
                day.add(PROXY + proxy.proxy(), cores(proxy.cpuCores()));
                recent(PROXY + proxy.proxy(), numbers(proxy));
            }
        }
        recent.commit(millis);
        asked.keySet().removeIf(this::forgotten);
        if (++added % CHECK_EVERY == 0) {
            shrink();
        }
    }

    /** Remembers something that happened; beyond some 200 the oldest are forgotten. */
    public synchronized void mark(Mark mark) {
        marks.add(mark);
        if (marks.size() > 1 && mark.at().isBefore(marks.get(marks.size() - 2).at())) {
            // What is learnt later may have happened before.
            marks.sort(Comparator.comparing(Mark::at));
        }
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

    /**
     * What was seen at a moment, as far as it was kept: the last snapshot that is not after it.
     * Older than a quarter of an hour it is a mean over ten seconds.
     *
     * @param homes the service of each proxy that is known
     * @param reading kept by whoever reads several moments, so that the next one is near
     * @return {@link MeshSnapshot#EMPTY} for a moment before the first
     */
    public synchronized MeshSnapshot at(
            Instant moment, Map<String, String> homes, Reading reading) {
        var millis = moment.toEpochMilli();
        var ofDay = millis < recent.firstMillis();
        var tier = ofDay ? day.tier() : recent;
        var found = tier.momentAt(millis);
        var cursors = ofDay ? reading.day : reading.recent;
        return found < 0
                ? MeshSnapshot.EMPTY
                : new MomentReader(tier, ofDay, found, cursors).read(homes);
    }

    /** Where somebody stands who reads moments of one history, one after the other. */
    public static final class Reading {
        private final PackedTier.Cursors recent = new PackedTier.Cursors();
        private final PackedTier.Cursors day = new PackedTier.Cursors();
    }

    /** When the last moment is that is kept, {@link Long#MIN_VALUE} while there is nothing. */
    public synchronized long lastMillis() {
        return Math.max(recent.lastMillis(), day.tier().lastMillis());
    }

    /** Number of snapshots kept. */
    public synchronized int size() {
        return recent.size();
    }

    /** When the quarter of an hour begins, {@link Long#MAX_VALUE} while there is nothing. */
    public synchronized long firstMillis() {
        return recent.firstMillis();
    }

    /** When the day begins, {@link Long#MAX_VALUE} while there is nothing. */
    public synchronized long firstDayMillis() {
        return day.tier().firstMillis();
    }

    /** Bytes that it occupies, about. */
    public synchronized long bytes() {
        return recent.bytes() + day.bytes() + heat.bytes();
    }

    /**
     * A number of a link over time; all series of one moment have the same times.
     *
     * @param link {@code from->to}; one that is unknown has gaps only
     */
    public synchronized Series series(String link, LinkMeasure measure) {
        touch(link);
        return recent.series(LINK + link, measure.index());
    }

    /**
     * A number of a link over the last day, as means over ten seconds; gaps only for one that is
     * not {@link LinkMeasure#daily}.
     */
    public synchronized Series day(String link, LinkMeasure measure) {
        touch(link);
        var index = LinkMeasure.allDaily().indexOf(measure);
        return day.tier().series(index < 0 ? "" : LINK + link, Math.max(index, 0));
    }

    /**
     * How long the requests of a link took over time.
     *
     * @param ofDay by the minute over a day, else by the snapshot over a quarter of an hour
     */
    public synchronized List<HeatMoment> heat(String link, boolean ofDay) {
        touch(link);
        return heat.of(link, ofDay);
    }

    /** The requests of a link whose traces are known, oldest first; few. */
    public synchronized List<TraceSample> traces(String link) {
        return traces.of(link);
    }

    /** A number of a service over time. */
    public synchronized Series service(String service, ServiceMeasure measure) {
        return recent.series(SERVICE + service, SERVICE_MEASURES.indexOf(measure));
    }

    /** A number of a service over the last day, as means over ten seconds. */
    public synchronized Series serviceDay(String service, ServiceMeasure measure) {
        return day.tier().series(SERVICE + service, SERVICE_MEASURES.indexOf(measure));
    }

    /** Processor time of an activity of one proxy over time, in cores. */
    public synchronized Series proxy(String proxy, Activity activity) {
        return recent.series(PROXY + proxy, ACTIVITIES.indexOf(activity));
    }

    /** A number of what a proxy carries over time. */
    public synchronized Series proxy(String proxy, ProxyLoad.Measure measure) {
        return recent.series(PROXY + proxy, ACTIVITIES.size() + LOADS.indexOf(measure));
    }

    /** Processor time of an activity of one proxy over the last day, in cores. */
    public synchronized Series proxyDay(String proxy, Activity activity) {
        return day.tier().series(PROXY + proxy, ACTIVITIES.indexOf(activity));
    }

    /** Processor time of an activity over the whole mesh over time, in cores. */
    public synchronized Series cost(Activity activity) {
        return recent.series(COST, ACTIVITIES.indexOf(activity));
    }

    /** Processor time of an activity over the whole mesh over the last day, in cores. */
    public synchronized Series costDay(Activity activity) {
        return day.tier().series(COST, ACTIVITIES.indexOf(activity));
    }

    static PackedTier empty(int capacity) {
        return new PackedTier(capacity, CHUNK, DROPPED);
    }

    PackedTier recent() {
        return recent;
    }

    PackedTier dayTier() {
        return day.tier();
    }

    HeatHistory heat() {
        return heat;
    }

    /** How many numbers a group of this name has, in the quarter of an hour or in the day. */
    static int numbers(String group, boolean ofDay) {
        if (group.startsWith(LINK)) {
            return ofDay ? LinkMeasure.allDaily().size() : LinkMeasure.count();
        }
        if (group.startsWith(SERVICE)) {
            return SERVICE_MEASURES.size();
        }
        var loads = ofDay || !group.startsWith(PROXY) ? 0 : LOADS.size();
        return ACTIVITIES.size() + loads;
    }

    private boolean known(String group, int most, int count) {
        return recent.group(group) != null || count < most;
    }

    private void record(String name, double[] values) {
        recent(name, values);
        day.add(name, values);
    }

    private void recent(String name, double[] values) {
        var group = recent.open(name, values.length);
        for (var i = 0; i < values.length; i++) {
            group.set(i, values[i]);
        }
    }

    private boolean fresh(LinkMetrics link) {
        return link.age(latest.at()).compareTo(gapAfter) <= 0;
    }

    private boolean forgotten(String link) {
        return recent.group(LINK + link) == null;
    }

    /** Remembers that it was asked for; a link that had found no room gets it now. */
    private void touch(String link) {
        var known = latest.link(link);
        if (recent.group(LINK + link) == null && known != null && recent.size() > 0) {
            if (asked.size() >= maxLinks) {
                giveUpOne();
            }
            var values = gaps(LinkMeasure.count());
            recent.openBefore(LINK + link, fresh(known) ? numbers(known) : values);
        }
        if (recent.group(LINK + link) != null) {
            asked.put(link, ++questions);
        }
    }

    /** Gives up the link that nobody has asked for the longest. */
    private void giveUpOne() {
        asked.entrySet().stream()
                .min(Comparator.comparingLong(Map.Entry::getValue))
                .ifPresent(oldest -> {
                    asked.remove(oldest.getKey());
                    recent.remove(LINK + oldest.getKey());
                    day.remove(LINK + oldest.getKey());
                });
    }

    private void shrink() {
        while (bytes() > MAX_BYTES && asked.size() > 1) {
            for (var n = asked.size() / 20 + 1; n > 0; n--) {
                giveUpOne();
            }
        }
    }

    private static double[] gaps(int count) {
        var gaps = new double[count];
        Arrays.fill(gaps, Double.NaN);
        return gaps;
    }

    private static double[] numbers(LinkMetrics link) {
        var numbers = new double[LinkMeasure.count()];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = LinkMeasure.at(i).of(link);
        }
        return numbers;
    }

    private static double[] dailyNumbers(LinkMetrics link) {
        return LinkMeasure.allDaily().stream().mapToDouble(measure -> measure.of(link)).toArray();
    }

    private static double[] numbers(ServiceMetrics service) {
        var numbers = new double[SERVICE_MEASURES.size()];
        for (var measure : SERVICE_MEASURES) {
            numbers[SERVICE_MEASURES.indexOf(measure)] = measure.of(service);
        }
        return numbers;
    }

    private static double[] numbers(ProxyMetrics proxy) {
        var numbers = Arrays.copyOf(cores(proxy.cpuCores()), ACTIVITIES.size() + LOADS.size());
        for (var load : LOADS) {
            numbers[ACTIVITIES.size() + LOADS.indexOf(load)] = load.of(proxy.load());
        }
        return numbers;
    }

    private static double[] cores(Map<Activity, Double> cost) {
        var cores = new double[ACTIVITIES.size()];
        for (var activity : ACTIVITIES) {
            cores[ACTIVITIES.indexOf(activity)] = cost.getOrDefault(activity, Double.NaN);
        }
        return cores;
    }
}
