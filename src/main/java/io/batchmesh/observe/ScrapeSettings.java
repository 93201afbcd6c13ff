package io.batchmesh.observe;

import io.batchmesh.metrics.ExpositionLimits;
import java.time.Duration;

/**
 * How proxies are watched.
 *
 * @param interval between two scrapes of one target, and between snapshots
 * @param deadline of one scrape, from the connection to the last byte
 * @param window readings that a rate spans, 2 or more: more is calmer, fewer react faster
 * @param patience failures after which a target that was read before is no longer called stale but
 *     by the name of what ails it, at least 1
 * @param concurrency scrapes at the same time
 * @param limits of one exposition
 * @param spread over which the beginnings of a round are spread, so that not all targets are asked
 *     at the same moment; each has its own place in it, told by its name
 */
public record ScrapeSettings(
        Duration interval,
        Duration deadline,
        int window,
        int patience,
        int concurrency,
        ExpositionLimits limits,
        Duration spread) {
    /** Every second, a rate over three of them, an answer within two. */
    public static final ScrapeSettings DEFAULT =
            new ScrapeSettings(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    4,
                    3,
                    256,
                    new ExpositionLimits(16 << 20, 100_000, 64, 1 << 16),
                    Duration.ofMillis(400));

    public ScrapeSettings {
        if (interval.isNegative()
                || interval.isZero()
                || deadline.isNegative()
                || deadline.isZero()) {
            throw new IllegalArgumentException("interval and deadline must be positive");
        }
        if (window < 2 || patience < 1 || concurrency < 1) {
            throw new IllegalArgumentException("window, patience or concurrency is too small");
        }
        if (spread.isNegative() || spread.compareTo(interval.dividedBy(2)) > 0) {
            throw new IllegalArgumentException("the spread must be 0 to half an interval");
        }
    }

    /** Settings by which all targets are asked at the same moment. */
    public ScrapeSettings(
            Duration interval,
            Duration deadline,
            int window,
            int patience,
            int concurrency,
            ExpositionLimits limits) {
        this(interval, deadline, window, patience, concurrency, limits, Duration.ZERO);
    }

    /** The same with other times. */
    public ScrapeSettings every(Duration newInterval, Duration newDeadline) {
        var share = newInterval.multipliedBy(2).dividedBy(5);
        return new ScrapeSettings(
                newInterval,
                newDeadline,
                window,
                patience,
                concurrency,
                limits,
                spread.compareTo(share) < 0 ? spread : share);
    }

    /** How long after the beginning of a round a target is asked. */
    Duration offset(String target) {
        var place = (target.hashCode() * 0x9E3779B9) >>> 1;
        return Duration.ofNanos((long) (spread.toNanos() * (place / (double) Integer.MAX_VALUE)));
    }

    /** Readings older than this do not count for a rate any more. */
    Duration windowAge() {
        return interval.multipliedBy(2L * window);
    }
}
