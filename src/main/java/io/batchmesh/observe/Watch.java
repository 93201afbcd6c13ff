package io.batchmesh.observe;

import io.batchmesh.metrics.ProxyState;
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
    private final ScrapeTarget target;
    private final ScrapeSettings settings;
    private final Clocks clocks;
    private final Window window;
    private final AtomicBoolean busy = new AtomicBoolean();
    private byte[] buffer = new byte[0];
    private volatile @Nullable Call call;
    private TargetRates rates = TargetRates.NONE;
    private @Nullable Instant lastSeen;
    private @Nullable String reason = "not read yet";
    private ProxyState ailment = ProxyState.STALE;
    private int failures;

    Watch(ScrapeTarget target, ScrapeSettings settings, Clocks clocks) {
        this.target = target;
        this.settings = settings;
        this.clocks = clocks;
        this.window = new Window(settings.window(), settings.windowAge(), settings.limits());
    }

    ScrapeTarget target() {
        return target;
    }

    /** Whether a scrape may begin now; {@link #end} must follow when it may. */
    boolean begin() {
        return busy.compareAndSet(false, true);
    }

    void end() {
        call = null;
        busy.set(false);
    }

    /** Scrapes once, in the thread that called {@link #begin}. Never throws for what it reads. */
    void scrape(Fetch fetch) {
        var made = fetch.call(target.metrics());
        call = made;
        var result = fetch.run(made, buffer);
        switch (result) {
            case Fetch.Result.Text text -> read(text);
            case Fetch.Result.Unreachable no -> fail(ProxyState.UNREACHABLE, no.reason());
            case Fetch.Result.Unreadable no -> fail(ProxyState.UNREADABLE, no.reason());
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

    private synchronized void read(Fetch.Result.Text text) {
        buffer = text.buffer();
        var failure = window.add(text.buffer(), text.length(), text.format(), clocks.nanos());
        if (failure.isPresent()) {
            fail(ProxyState.UNREADABLE, "answers with no exposition: " + failure.get());
            return;
        }
        rates = window.rates();
        failures = 0;
        reason = null;
        lastSeen = clocks.now();
    }

    /** What is known at a moment. */
    synchronized TargetView view(Instant now) {
        var seen = lastSeen;
        var silent = seen != null && silence(seen, now).compareTo(tolerance()) > 0;
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

    private static Duration silence(Instant seen, Instant now) {
        return Duration.between(seen, now);
    }

    /** A scrape that is still under way may take its deadline before its silence means anything. */
    private Duration tolerance() {
        return settings.interval().multipliedBy(2).plus(settings.deadline());
    }
}
