package io.batchmesh.observe;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.target.AccessException;
import io.batchmesh.time.Clocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes the metrics of every proxy once per interval, each in a thread of its own, and hands a
 * snapshot of them all to a consumer once per interval, also when some of them, or all, hang, are
 * gone, or answer garbage.
 */
public final class Scraper implements SnapshotSource {
    private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);

    private final ScrapeSettings settings;
    private final Clocks clocks;
    private final ExecutorService executor;
    private final Fetches fetches;
    private final ServiceNames serviceNames = new ServiceNames();
    private final Memory memory = new Memory();
    private final Semaphore permits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Map<ScrapeTarget, Watch> watches = Map.of();
    private boolean started;
    private volatile boolean closed;

    /**
     * Makes one that has not begun.
     *
     * @param executor must start a thread per task, such as one for virtual threads; it is not shut
     *     down
     * @param client whose credentials, certificates and proxies are used; not closed
     */
    public Scraper(
            ScrapeSettings settings,
            List<ScrapeTarget> targets,
            Clocks clocks,
            ExecutorService executor,
            OkHttpClient client) {
        this.settings = settings;
        this.clocks = clocks;
        this.executor = executor;
        this.fetches = new Fetches(client, settings);
        this.permits = new Semaphore(settings.concurrency(), true);
        retarget(targets);
    }

    @Override
    public void start(Consumer<MeshSnapshot> consumer) {
        lock.lock();
        try {
            if (started || closed) {
                throw new IllegalStateException("started twice, or closed");
            }
            started = true;
        } finally {
            lock.unlock();
        }
        executor.execute(() -> loop(consumer));
    }

    /**
     * Watches other targets from now on; those that were watched before keep their values.
     *
     * @throws IllegalArgumentException when two have the same name
     */
    public void retarget(List<ScrapeTarget> targets) {
        var names = new HashSet<String>();
        for (var target : targets) {
            if (!names.add(target.proxy())) {
                throw new IllegalArgumentException("two targets are called " + target.proxy());
            }
        }
        lock.lock();
        try {
            var next = new HashMap<ScrapeTarget, Watch>();
            for (var target : targets) {
                var known = watches.get(target);
                next.put(
                        target,
                        known == null ? new Watch(target, settings, clocks, serviceNames) : known);
            }
            watches.forEach((target, watch) -> {
                if (!next.containsKey(target)) {
                    watch.cancel();
                }
            });
            watches = Map.copyOf(next);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            watches.values().forEach(Watch::cancel);
            changed.signalAll();
            fetches.close();
        } finally {
            lock.unlock();
        }
    }

    private void loop(Consumer<MeshSnapshot> consumer) {
        var due = clocks.nanos();
        var first = true;
        while (!closed) {
            round(consumer, first);
            first = false;
            var interval = settings.interval().toNanos();
            due = Math.max(due + interval, clocks.nanos() - interval);
            pauseUntil(due);
        }
    }

    /** The boundary of the loop: whatever goes wrong in one round must not end the next. */
    private void round(Consumer<MeshSnapshot> consumer, boolean atOnce) {
        try {
            var current = current();
            scrapeAll(current, atOnce);
            var now = clocks.now();
            var views = new ArrayList<TargetView>(current.size());
            current.forEach(watch -> views.add(watch.view()));
            var snapshot = Folder.fold(now, views);
            if (!closed) {
                consumer.accept(snapshot);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor takes no more scrapes: closed", e);
            closed = true;
        } catch (RuntimeException e) {
            LOG.warn("a round of scrapes failed", e);
        }
    }

    private List<Watch> current() {
        lock.lock();
        try {
            return List.copyOf(watches.values());
        } finally {
            lock.unlock();
        }
    }

    /** Scrapes all that are not still busy, and waits for most of an interval that they end. */
    private void scrapeAll(List<Watch> current, boolean atOnce) {
        var running = new Phaser(1);
        var begun = clocks.nanos();
        for (var watch : current) {
            if (watch.begin()) {
                running.register();
                var offset = settings.offset(watch.target().proxy());
                var due = atOnce ? begun : begun + offset.toNanos();
                executor.execute(() -> scrape(watch, running, due));
            }
        }
        await(running, settings.interval().multipliedBy(4).dividedBy(5));
    }

    private void scrape(Watch watch, Phaser running, long due) {
        try {
            pauseUntil(due);
            permits.acquire();
            try {
                watch.scrape(fetches.of(watch.target().access()), memory);
            } finally {
                permits.release();
            }
        } catch (AccessException e) {
            watch.fail(ProxyState.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the scrape of {} failed", watch.target().proxy(), e);
            watch.fail(ProxyState.UNREADABLE, "the scrape failed: " + e);
        } finally {
            watch.end();
            running.arriveAndDeregister();
        }
    }

    private static void await(Phaser running, Duration longest) {
        var phase = running.arriveAndDeregister();
        if (running.isTerminated()) {
            return;
        }
        try {
            running.awaitAdvanceInterruptibly(phase, longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.trace("some targets are slower than the interval", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pauseUntil(long due) {
        lock.lock();
        try {
            var remaining = due - clocks.nanos();
            while (!closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
