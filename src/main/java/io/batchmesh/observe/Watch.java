package io.batchmesh.observe;

import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.time.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * One target: its readings, its failures, its last rates. A scrape writes, a snapshot reads; what
 * both touch is guarded by this object.
 */
final class Watch {
    /** Doublings of the interval at most: a minute at one second. */
    private static final int MOST_EXCESSES = 6;

    private final ScrapeTarget target;
    private final ScrapeSettings settings;
    private final Clocks clocks;
    private final Window window;
    private final AtomicBoolean busy = new AtomicBoolean();
    private int likely = 8192;
    private long askAgain = Long.MIN_VALUE;
    private int excesses;
    private long seenNanos;
    private volatile @Nullable Call call;
    private TargetRates rates = TargetRates.NONE;
    private @Nullable Instant lastSeen;
    private @Nullable String reason = "not read yet";
    private ProxyState ailment = ProxyState.STALE;
    private int failures;

    Watch(ScrapeTarget target, ScrapeSettings settings, Clocks clocks, ServiceNames names) {
        this.target = target;
        this.settings = settings;
        this.clocks = clocks;
        this.window =
                new Window(
                        settings.window(),
                        settings.windowAge(),
                        settings.limits(),
                        new Dialect.Scene(
                                names.id(target.service(), null, ServiceKind.SERVICE), names));
    }

    ScrapeTarget target() {
        return target;
    }

    /** Whether a scrape may begin now; {@link #end} must follow when it may. */
    boolean begin() {
        return isDue() && busy.compareAndSet(false, true);
    }

    private synchronized boolean isDue() {
        return excesses == 0 || clocks.nanos() - askAgain >= 0;
    }

    void end() {
        call = null;
        busy.set(false);
    }

    /** Scrapes once, in the thread that called {@link #begin}. Never throws for what it reads. */
    void scrape(Fetch fetch, Memory memory) {
        var made = fetch.call(target.metrics());
        call = made;
        try (var body = memory.take(likely)) {
            switch (fetch.run(made, body)) {
                case Fetch.Result.Text text -> read(text);
                case Fetch.Result.Unreachable no -> fail(ProxyState.UNREACHABLE, no.reason());
                case Fetch.Result.Unreadable no -> fail(ProxyState.UNREADABLE, no.reason());
                case Fetch.Result.TooMuch no -> excess(no.reason());
            }
        }
    }

    void cancel() {
        var running = call;
        if (running != null) {
            running.cancel();
        }
    }

    synchronized void fail(ProxyState why, String message) {
        failures++;
        ailment = why;
        reason = message;
    }

    /** Who answers with too much is asked less and less often, since each answer costs us. */
    private synchronized void excess(String message) {
        excesses = Math.min(excesses + 1, MOST_EXCESSES);
        askAgain = clocks.nanos() + (settings.interval().toNanos() << excesses);
        fail(ProxyState.UNREADABLE, message);
    }

    private synchronized void read(Fetch.Result.Text text) {
        likely = text.length() + (text.length() >> 3);
        var failure = window.add(text.buffer(), text.length(), text.format(), clocks.nanos());
        if (failure.isPresent()) {
            var what = text.doubt().isEmpty() ? "" : text.doubt() + ": ";
            var words = "answers with no exposition: " + what + failure.get();
            if (window.isFull()) {
                excess(words);
            } else {
                fail(ProxyState.UNREADABLE, words);
            }
            return;
        }
        if (window.isEmpty() && !text.doubt().isEmpty()) {
            fail(ProxyState.UNREADABLE, "answers with no sample: " + text.doubt());
            return;
        }
        rates = window.rates();
        failures = 0;
        excesses = 0;
        reason = null;
        lastSeen = clocks.now();
        seenNanos = clocks.nanos();
    }

    /** What is known at a moment. */
    synchronized TargetView view() {
        var seen = lastSeen;
        var silent = seen != null && silence().compareTo(tolerance()) > 0;
        var state = state(seen, silent);
        var why = reason == null && silent ? "no answer yet" : reason;
        return new TargetView(target, state, seen, why, rates);
    }

    private ProxyState state(@Nullable Instant seen, boolean silent) {
        if (failures == 0) {
            return seen == null || silent ? ProxyState.STALE : ProxyState.LIVE;
        }
        return seen != null && failures < settings.patience() ? ProxyState.STALE : ailment;
    }

    /** By the clock that does not jump. */
    private Duration silence() {
        return clocks.ticker().since(seenNanos);
    }

    /** A scrape that is still under way may take its deadline before its silence means anything. */
    private Duration tolerance() {
        return settings.interval().multipliedBy(2).plus(settings.deadline());
    }
}
