package io.batchmesh.metrics;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the requests of links took over time: a quarter of an hour by the second, and a day by
 * the minute. Bounded in bytes: beyond them the links that nobody has asked for the longest lose
 * theirs, and others get none before they are asked for. For one thread at a time.
 */
final class HeatHistory {
    /** What it occupies at most: some six hundred links at a thousand requests per second each. */
    static final long MAX_BYTES = 32L << 20;

    private static final long RECENT = Duration.ofMinutes(15).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long STEP = Duration.ofMinutes(1).toMillis();

    /** After a gap that is longer nobody knows how many requests there were. */
    private static final double LONGEST = 10;

    private static final int CHECK_EVERY = 60;

    private final long maxBytes;
    private final Map<String, Link> links = new HashMap<>();
    private long last;
    private long bytes;
    private long turns;
    private long questions;
    private double seconds = 1;

    HeatHistory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    private static final class Link {
        private final PackedHeat recent = new PackedHeat();
        private final PackedHeat day = new PackedHeat();
        private HistogramSnapshot minute = HistogramSnapshot.EMPTY;
        private long asked;
    }

    /** Begins a moment. */
    void at(long millis) {
        if (last > 0 && millis / STEP != last / STEP) {
            var end = (last / STEP + 1) * STEP;
            links.values().forEach(link -> endMinute(link, end));
        }
        if (turns++ % CHECK_EVERY == 0) {
            check(millis);
        }
        seconds = last == 0 ? 1 : Math.min(LONGEST, (millis - last) / 1e3);
        last = millis;
    }

    private static void endMinute(Link link, long end) {
        link.day.add(end, link.minute);
        link.minute = HistogramSnapshot.EMPTY;
    }

    /**
     * Adds what was seen of a link at this moment. Its histogram spans several readings; what is
     * kept is as many requests as there were since the moment before.
     */
    void add(LinkMetrics link) {
        var histogram = link.latency().histogram();
        if (!(histogram.count() > 0)) {
            return;
        }
        var kept = links.get(link.link());
        if (kept == null) {
            if (bytes >= maxBytes) {
                return;
            }
            kept = new Link();
            links.put(link.link(), kept);
            bytes += 1_000;
        }
        var requests = link.requestsPerSecond() * seconds;
        var part = requests > 0 ? histogram.times(requests / histogram.count()) : histogram;
        kept.recent.add(last, part);
        kept.minute = kept.minute.plus(part);
    }

    private void check(long now) {
        bytes = 0;
        for (var link : links.values()) {
            link.recent.forget(now - RECENT);
            link.day.forget(now - DAY);
            bytes += 200 + link.recent.bytes() + link.day.bytes();
        }
        while (bytes > maxBytes && links.size() > 1) {
            giveUpOne();
        }
    }

    private void giveUpOne() {
        links.entrySet().stream()
                .min(Comparator.comparingLong(e -> e.getValue().asked))
                .map(Map.Entry::getKey)
                .ifPresent(oldest -> {
                    var gone = links.remove(oldest);
                    if (gone != null) {
                        bytes -= 200 + gone.recent.bytes() + gone.day.bytes();
                    }
                });
    }

    /** The moments of a link, oldest first. */
    List<HeatMoment> of(String link, boolean ofDay) {
        var kept = links.get(link);
        if (kept == null) {
            if (last > 0 && bytes >= maxBytes) {
                giveUpOne();
            }
            return List.of();
        }
        kept.asked = ++questions;
        return ofDay ? kept.day.read() : kept.recent.read();
    }

    long bytes() {
        return bytes;
    }

    /** All that is needed to make it again: by link, the recent chunks and those of the day. */
    Map<String, List<List<PackedHeat.State>>> state() {
        var state = new TreeMap<String, List<List<PackedHeat.State>>>();
        links.forEach(
                (name, link) -> state.put(name, List.of(link.recent.state(), link.day.state())));
        return state;
    }

    /**
     * Takes over what another one held.
     *
     * @throws IndexOutOfBoundsException when it cannot be read
     */
    void restore(String name, List<PackedHeat.State> recent, List<PackedHeat.State> day) {
        var link = new Link();
        link.recent.restore(recent);
        link.day.restore(day);
        links.put(name, link);
        bytes += 200 + link.recent.bytes() + link.day.bytes();
    }
}
