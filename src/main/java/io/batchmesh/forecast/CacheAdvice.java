package io.batchmesh.forecast;

import static io.batchmesh.forecast.Amounts.percent;
import static io.batchmesh.forecast.Amounts.rate;
import static io.batchmesh.forecast.Amounts.time;

import io.batchmesh.forecast.Advice.Kind;
import io.batchmesh.forecast.Advisor.Asked;
import io.batchmesh.policy.BatchWindow.Cache;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.Sizes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be said about keeping answers: where the same is asked for again and again. */
final class CacheAdvice {
    private static final Cache COALESCING = new Cache(16L << 20, Duration.ZERO, Duration.ZERO);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Shares of the requests that are worth a change. */
    private static final double JOINED = 0.05;

    private static final double KEPT = 0.2;

    /** A cache that answers less is of no use. */
    private static final double USELESS = 0.005;

    private static final double LOOK_UPS = 500;

    private CacheAdvice() {}

    static @Nullable Advice of(Asked asked) {
        var cache = asked.link().window().cache();
        if (cache == null) {
            return coalesce(asked);
        }
        double lookUps = asked.link().known().lookUps();
        if (lookUps >= LOOK_UPS && asked.load().answered() < USELESS) {
            return none(asked, cache);
        }
        return Durations.seconds(cache.ttl()) > 0 ? null : keep(asked, cache);
    }

    /** Nothing is kept, and it is known how often the same is asked for. */
    private static @Nullable Advice coalesce(Asked asked) {
        var load = asked.load();
        double again = asked.link().known().again();
        double call = asked.comparison().chosen().mean();
        double joined = Repeats.answered(0, again, call);
        if (Double.isNaN(again) || joined < JOINED) {
            return null;
        }
        var why =
                "Each thing is asked for %s and a call takes %s: %s of %s would join one that is under way. No answer gets older by it."
                        .formatted(rate(again), time(call), percent(joined), rate(load.rate()));
        return set(
                asked,
                Kind.COALESCE,
                "ask once for what many ask at a time",
                why,
                COALESCING,
                joined);
    }

    /** Joining tells how often the same is asked for, and so what keeping would answer. */
    private static @Nullable Advice keep(Asked asked, Cache cache) {
        double again = asked.link().known().again();
        double kept = Repeats.answered(asked.load().answered(), again, Durations.seconds(SECOND));
        if (Double.isNaN(again) || !(kept >= asked.load().answered() + KEPT)) {
            return null;
        }
        var why =
                "%s of %s join a call that is under way, so each thing is asked for %s: kept for a second, answers would do for %s. They may be a second old."
                        .formatted(
                                percent(asked.link().known().coalesced()),
                                rate(asked.load().rate()),
                                rate(again),
                                percent(kept));
        var longer = new Cache(cache.maxBytes(), SECOND, cache.staleWhileRevalidate());
        return set(asked, Kind.CACHE, "keep answers for a second", why, longer, kept);
    }

    private static Advice none(Asked asked, Cache cache) {
        var load = asked.load();
        var why =
                "Of %.0f look-ups %s found something; up to %s are held for it."
                        .formatted(
                                asked.link().known().lookUps(),
                                percent(load.answered()),
                                Sizes.format(cache.maxBytes()));
        return set(asked, Kind.NO_CACHE, "no cache", why, null, 0);
    }

    private static Advice set(
            Asked asked, Kind kind, String title, String why, @Nullable Cache cache, double share) {
        var window = asked.link().window().withCache(cache);
        var load = asked.load().withAnswered(Math.min(share, MeasuredLoad.MOST_ANSWERED));
        var after = asked.effect(asked.forecaster().forecast(load, window), load, window);
        return new Advice(
                asked.link().link(),
                kind,
                title,
                why,
                window,
                asked.before(),
                after,
                asked.worth(after));
    }
}
