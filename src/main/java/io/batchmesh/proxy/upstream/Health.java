package io.batchmesh.proxy.upstream;

import io.batchmesh.policy.HealthCheck;
import io.batchmesh.policy.OutlierDetection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint does, by what its calls come to and by what it answers when it is asked.
 *
 * <p>Outlier detection is Envoy's of consecutive errors: after so many in a row an endpoint is left
 * out at once, for the base time multiplied by the number of times in succession. It is judged at
 * every interval: one whose time is over comes back then, and each interval that it stays in takes
 * one from the multiplier. An ejection never lasts longer than five minutes, or the base time where
 * that is more. Confined to the event loop.
 */
public final class Health {
    private static final long MOST_EJECTION_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LEAST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long an endpoint to which no connection could be opened comes last, the first time. */
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long MOST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(8);

    /** Weight of the newest latency in the moving average: one tenth. */
    private static final int EWMA_SHARE = 10;

    private @Nullable OutlierDetection rule;
    private long epoch;
    private int errorsInRow;
    private long multiplier;
    private long backSince;
    private long ejectedUntil;
    private boolean ejected;
    private long pauseNanos;
    private long pausedUntil;
    private long ewmaNanos;
    private @Nullable HealthCheck check;
    private boolean unwell;
    private int contraryInRow;
    private boolean asked;

    void rule(@Nullable OutlierDetection next, long now) {
        if (next != null && next.equals(rule)) {
            return;
        }
        rule = next;
        epoch = now;
        backSince = now;
        if (next == null) {
            ejected = false;
            errorsInRow = 0;
            multiplier = 0;
        }
    }

    private long interval() {
        return rule == null
                ? LEAST_INTERVAL_NANOS
                : Math.max(LEAST_INTERVAL_NANOS, rule.interval().toNanos());
    }

    /** Whether it is left out now. */
    boolean ejected(long now) {
        if (ejected && now - ejectedUntil >= 0) {
            ejected = false;
            errorsInRow = 0;
            backSince = ejectedUntil;
        }
        return ejected;
    }

    /** Nanoseconds until it comes back; 0 when it is not left out. */
    long ejectedForNanos(long now) {
        return ejected(now) ? ejectedUntil - now : 0;
    }

    /** Whether others are better because it could not be reached just now. */
    boolean paused(long now) {
        return pauseNanos > 0 && now - pausedUntil < 0;
    }

    /** No connection could be opened: it is left in peace, each time twice as long. */
    void unreachable(long now) {
        if (!paused(now)) {
            pauseNanos = Math.clamp(pauseNanos * 2, LEAST_PAUSE_NANOS, MOST_PAUSE_NANOS);
            pausedUntil = now + pauseNanos;
        }
    }

    /** A call came to a good end. */
    void succeeded(long nanos) {
        errorsInRow = 0;
        pauseNanos = 0;
        ewmaNanos += (nanos - ewmaNanos) / EWMA_SHARE;
    }

    /**
     * A call failed.
     *
     * @param mayEject whether another endpoint may be left out besides those that are
     * @return whether it is left out from now on
     */
    boolean failed(long now, boolean mayEject) {
        errorsInRow++;
        var current = rule;
        if (current == null || ejected(now) || !mayEject) {
            return false;
        }
        if (errorsInRow < current.consecutiveErrors()) {
            return false;
        }
        eject(current, now);
        return true;
    }

    private void eject(OutlierDetection by, long now) {
        long judged = (now - epoch) / interval() - (backSince - epoch) / interval();
        multiplier = Math.max(0, multiplier - judged) + 1;
        long base = by.baseEjection().toNanos();
        long most = Math.max(MOST_EJECTION_NANOS, base);
        long wanted = base > most / multiplier ? most : base * multiplier;
        // It comes back when it is judged next after its time.
        long intervals = (now + wanted - epoch + interval() - 1) / interval();
        ejectedUntil = epoch + intervals * interval();
        ejected = true;
    }

    /** It is going to be asked like this from now on, or not at all. */
    void check(@Nullable HealthCheck next) {
        if (next == null || !next.equals(check)) {
            unwell = false;
            asked = false;
            contraryInRow = 0;
        }
        check = next;
    }

    /** What came of asking it. */
    void checked(boolean well) {
        var current = check;
        if (current == null) {
            return;
        }
        asked = true;
        if (well != unwell) {
            contraryInRow = 0;
            return;
        }
        contraryInRow++;
        int enough = well ? current.healthyThreshold() : current.unhealthyThreshold();
        if (contraryInRow >= enough) {
            unwell = !well;
            contraryInRow = 0;
        }
    }

    /** Whether it answered badly when it was asked. Before it is asked it is taken for well. */
    boolean unwell() {
        return unwell;
    }

    /** What its checks say, for people. */
    String verdict() {
        if (check == null) {
            return "unchecked";
        }
        if (unwell) {
            return "failing";
        }
        return asked ? "passing" : "unknown";
    }

    /** Moving average of the latency of good calls, nanoseconds. */
    long ewmaNanos() {
        return ewmaNanos;
    }

    int errorsInRow() {
        return errorsInRow;
    }
}
