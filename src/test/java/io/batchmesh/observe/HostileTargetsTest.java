package io.batchmesh.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.observe.HostileTarget.Kind;
import io.batchmesh.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fifty targets, ten of which are hostile at a time, in twelve ways: the good ones are read in each
 * interval, and the hostile ones take no memory worth speaking of.
 */
class HostileTargetsTest {
    private static final long SEED = 20_261_123L;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int GOOD = 40;
    private static final int HOSTILE = 10;
    private static final long MOST_HEAP = 64L << 20;

    /** A machine that stands still for this long is no fault of the scraper. */
    private static final long STILL_NANOS = Duration.ofMillis(120).toNanos();

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<MeshSnapshot> snapshots = new LinkedBlockingQueue<>(10_000);
    private final AtomicLong stillness = new AtomicLong();
    private final Map<Kind, String> reasons = new EnumMap<>(Kind.class);
    private final Map<String, Instant> seen = new HashMap<>();
    private final List<String> missed = new ArrayList<>();
    private Instant previous = Instant.EPOCH;
    private int judged;
    private int looks;

    @AfterEach
    void closeAll() throws Exception {
        for (var closeable : open.reversed()) {
            closeable.close();
        }
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS), "all threads end");
    }

    @Test
    void goodTargetsMissNoIntervalBesideHostileOnes() throws Exception {
        run(Duration.ofMillis(3_200));
    }

    @Test
    @Tag("stress")
    @Timeout(300)
    void goodTargetsMissNoIntervalBesideHostileOnesForMinutes() throws Exception {
        run(Duration.ofSeconds(60));
    }

    private void run(Duration phase) throws Exception {
        var settings = ScrapeSettings.DEFAULT.every(INTERVAL, Duration.ofSeconds(1));
        var clocks = new Clocks(InstantSource.system(), System::nanoTime);
        var good = targets("good", List.of(Kind.GOOD), GOOD);
        var names = names("good", good);
        var scraper = new Scraper(settings, names, clocks, executor, new OkHttpClient());
        open.add(scraper);
        executor.execute(this::watchTheMachine);
        scraper.start(snapshots::add);
        observe(Duration.ofMillis(2_300), Map.of());
        var before = live();
        var kinds = List.of(Kind.values()).subList(1, Kind.values().length);
        var most = 0L;
        for (var first : List.of(0, kinds.size() - HOSTILE)) {
            var hostile = targets("hostile", kinds.subList(first, first + HOSTILE), HOSTILE);
            var all = new ArrayList<>(names);
            var byName = new HashMap<String, Kind>();
            for (var i = 0; i < HOSTILE; i++) {
                var name = "hostile-" + first + "-" + i;
                all.add(hostile.get(i).target(name));
                byName.put(name, hostile.get(i).kind());
            }
            scraper.retarget(all);
            most = Math.max(most, observe(phase, byName));
        }
        assertEquals(List.of(), missed, "missed of " + judged + " intervals, seed " + SEED);
        assertTrue(judged > 100, "too few intervals were judged: " + judged);
        var extra = most - before;
        assertTrue(extra < MOST_HEAP, "extra heap " + (extra >> 10) + " KiB, seed " + SEED);
        for (var kind : kinds) {
            var said = reasons.getOrDefault(kind, "");
            assertTrue(said.contains(kind.reason), kind + " is said to be: " + said);
            assertEquals(kind.reason.isEmpty(), said.isEmpty(), kind + ": " + said);
        }
        assertTrue(good.stream().allMatch(t -> t.scrapes() > 5));
    }

    private List<HostileTarget> targets(String what, List<Kind> kinds, int count) throws Exception {
        var targets = new ArrayList<HostileTarget>();
        for (var i = 0; i < count; i++) {
            var kind = kinds.get(i % kinds.size());
            var target = new HostileTarget(kind, SEED + i + what.hashCode(), executor);
            open.add(target);
            targets.add(target);
        }
        return targets;
    }

    private static List<ScrapeTarget> names(String what, List<HostileTarget> targets) {
        var names = new ArrayList<ScrapeTarget>();
        for (var i = 0; i < targets.size(); i++) {
            names.add(targets.get(i).target(what + "-" + i));
        }
        return names;
    }

    /** Looks at the snapshots for a while; the most heap that lived. */
    private long observe(Duration length, Map<String, Kind> hostile) throws InterruptedException {
        var end = System.nanoTime() + length.toNanos();
        var most = 0L;
        while (System.nanoTime() < end) {
            var snapshot = snapshots.poll(5, TimeUnit.SECONDS);
            assertTrue(snapshot != null, "a snapshot in each interval");
            // Since the last look, the collections of garbage below included.
            judge(snapshot, stillness.getAndSet(0) < STILL_NANOS);
            snapshot.proxies()
                    .forEach((name, proxy) -> {
                        var kind = hostile.get(name);
                        if (kind != null && proxy.lastSeen() == null) {
                            reasons.put(kind, String.valueOf(proxy.reason()));
                        } else if (kind != null && proxy.state() == ProxyState.LIVE) {
                            reasons.put(kind, "");
                        }
                    });
            // A collection may stop the machine for longer than an interval may be late.
            if (!hostile.isEmpty() && ++looks % 3 == 0) {
                most = Math.max(most, live());
            }
        }
        return most;
    }

    /** Each good target was read since the snapshot before. */
    private void judge(MeshSnapshot snapshot, boolean machineRan) {
        var gap = Duration.between(previous, snapshot.at());
        if (machineRan && judged > 0 && gap.compareTo(INTERVAL.multipliedBy(8).dividedBy(5)) > 0) {
            missed.add("a whole interval: " + gap + " before " + snapshot.at());
        }
        previous = snapshot.at();
        for (var proxy : snapshot.proxies().values()) {
            if (!proxy.proxy().startsWith("good")) {
                continue;
            }
            var at = proxy.lastSeen();
            var before = at == null ? null : seen.put(proxy.proxy(), at);
            if (before == null || !machineRan) {
                continue;
            }
            judged++;
            if (!at.isAfter(before) || proxy.state() != ProxyState.LIVE) {
                missed.add(proxy.proxy() + " at " + snapshot.at() + ", seen " + at);
            }
        }
    }

    /** A collection of garbage is in it, so that only what lives is counted. */
    private static long live() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void watchTheMachine() {
        var last = System.nanoTime();
        while (!Thread.currentThread().isInterrupted() && !executor.isShutdown()) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            var now = System.nanoTime();
            var late = now - last;
            stillness.accumulateAndGet(late, Math::max);
            last = now;
        }
    }
}
