package io.batchmesh.cli;

import io.batchmesh.mesh.CallFigures;
import io.batchmesh.mesh.MeshRun;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.model.LinkId;
import io.batchmesh.observe.ScrapeSettings;
import io.batchmesh.observe.ScrapeTarget;
import io.batchmesh.observe.Scraper;
import io.batchmesh.target.Environment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches a running mesh from outside, by scraping its proxies over HTTP, and beside that reads the
 * clocks of those who call. Rates and latencies are of all the time since the warm-up, or of the
 * last five minutes where there is no end.
 */
final class MeshMeasurement {
    private static final Duration PROGRESS = Duration.ofSeconds(5);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_READINGS = 60;

    private final CommandContext context;
    private final MeshRun mesh;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Reading first;
    private @Nullable Reading last;
    private int readings;

    MeshMeasurement(CommandContext context, MeshRun mesh) {
        this.context = context;
        this.mesh = mesh;
    }

    /** What is known at one moment. */
    private record Reading(long nanos, MeshSnapshot snapshot, Map<LinkId, CallFigures> calls) {}

    /**
     * What was measured.
     *
     * @param seconds over which
     * @param snapshot what the proxies say
     * @param calls what those who call say, by link
     */
    record Result(double seconds, MeshSnapshot snapshot, Map<LinkId, CallFigures> calls) {}

    /**
     * When proxies are read.
     *
     * @param interval between two readings
     * @param readings intervals that count at most
     */
    private record Schedule(Duration interval, int readings) {
        /** For the time that is left, or for ever. */
        static Schedule of(@Nullable Duration left) {
            if (left == null) {
                return new Schedule(PROGRESS, MOST_READINGS);
            }
            int readings = Math.clamp(left.toSeconds(), 2, MOST_READINGS);
            return new Schedule(left.dividedBy(readings), readings);
        }
    }

    /** Measures for the time given, or until the user stops it. */
    Result run(@Nullable Duration length) throws InterruptedException {
        long begun = context.clocks().nanos();
        if (!warmUp(length == null ? LONGEST_WARM_UP : length.dividedBy(2))) {
            var passed = context.clocks().ticker().since(begun);
            var schedule = Schedule.of(length == null ? null : length.minus(passed));
            try (var scraper = scraper(schedule)) {
                scraper.start(this::take);
                boolean over = false;
                while (!over) {
                    over = awaitProgress(length == null ? Integer.MAX_VALUE : schedule.readings());
                    progress(over);
                }
            }
        }
        return result();
    }

    /** Waits until the load is whole and a little longer; true when the user stopped it. */
    private boolean warmUp(Duration longest) throws InterruptedException {
        var settle = SETTLE.compareTo(longest) < 0 ? SETTLE : longest;
        long begun = context.clocks().nanos();
        boolean stopped = false;
        while (!stopped
                && !mesh.risen()
                && context.clocks().ticker().since(begun).compareTo(longest.minus(settle)) < 0) {
            stopped = context.stop().await(LOOK);
        }
        return stopped || context.stop().await(settle);
    }

    private Scraper scraper(Schedule schedule) {
        return scraper(context, mesh.registration("").environment(), schedule);
    }

    /** Reads the proxies of an environment every second, over so many seconds. */
    static Scraper scraper(CommandContext context, Environment environment, int readings) {
        return scraper(context, environment, new Schedule(Duration.ofSeconds(1), readings));
    }

    private static Scraper scraper(
            CommandContext context, Environment environment, Schedule schedule) {
        var base = ScrapeSettings.DEFAULT;
        var settings =
                new ScrapeSettings(
                        schedule.interval(),
                        base.deadline(),
                        schedule.readings() + 1,
                        base.patience(),
                        base.concurrency(),
                        base.limits());
        var targets =
                environment.proxies().stream()
                        .map(p ->
                                new ScrapeTarget(p.name().name(), p.service().name(), p.metrics()))
                        .toList();
        return new Scraper(settings, targets, context.clocks(), context.io(), context.http().get());
    }

    private void take(MeshSnapshot snapshot) {
        var reading = new Reading(context.clocks().nanos(), snapshot, mesh.calls());
        lock.lock();
        try {
            first = first == null ? reading : first;
            last = reading;
            readings++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a while; true when all readings are there, or the user wants no more. */
    private boolean awaitProgress(int wanted) throws InterruptedException {
        long left = PROGRESS.toNanos();
        while (left > 0 && !complete(wanted)) {
            long before = context.clocks().nanos();
            if (context.stop().await(LOOK)) {
                return true;
            }
            left -= context.clocks().nanos() - before;
        }
        return complete(wanted);
    }

    /** The first reading is the begin of the measurement, so it takes one more than intervals. */
    private boolean complete(int wanted) {
        lock.lock();
        try {
            return readings > wanted;
        } finally {
            lock.unlock();
        }
    }

    private void progress(boolean over) {
        var result = result();
        if (over || result.snapshot().links().isEmpty()) {
            return;
        }
        double requests = 0;
        double errors = 0;
        for (var link : result.snapshot().links().values()) {
            requests += zero(link.traffic().requestsPerSecond());
            errors += zero(link.traffic().errorsPerSecond());
        }
        long missed = 0;
        long wrong = 0;
        for (var calls : result.calls().values()) {
            missed += calls.count(CallFigures.Count.MISSED);
            wrong += calls.count(CallFigures.Count.WRONG);
        }
        new Output(context)
                .note(
                        "%.0f s: %s on %d links, %s errors, %d calls missed, %d wrong answers"
                                .formatted(
                                        result.seconds(),
                                        Figures.rate(requests),
                                        result.snapshot().links().size(),
                                        Figures.rate(errors),
                                        missed,
                                        wrong));
    }

    private static double zero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private Result result() {
        lock.lock();
        try {
            if (first == null || last == null) {
                return new Result(0, MeshSnapshot.EMPTY, Map.of());
            }
            var calls = new LinkedHashMap<LinkId, CallFigures>();
            for (var link : last.calls().entrySet()) {
                var before = first.calls().getOrDefault(link.getKey(), CallFigures.NONE);
                calls.put(link.getKey(), link.getValue().minus(before));
            }
            return new Result((last.nanos() - first.nanos()) / 1e9, last.snapshot(), calls);
        } finally {
            lock.unlock();
        }
    }
}
