package io.batchmesh.forecast;

import io.batchmesh.forecast.Advice.Kind;
import io.batchmesh.policy.BatchWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which links would gain from a window, which lose by theirs, and where something else would
 * serve better. It never sells batching: what it says to do costs no more than it says, and where
 * too little is measured it says that. Pure; for any thread.
 */
public final class Advisor {
    /** Fewer requests say nothing of a mean. */
    static final double ENOUGH = 20;

    /** Fewer say nothing of a p99. */
    static final double ENOUGH_FOR_P99 = 200;

    private final Forecaster forecaster;

    public Advisor(Costs costs) {
        this.forecaster = new Forecaster(costs);
    }

    /** All links, what is worth most first; each has one advice at least. */
    public List<Advice> advise(Collection<LinkCase> links) {
        return links.stream().flatMap(l -> of(l).stream()).sorted(Advice.RANK).toList();
    }

    /** One link: what to do, or why nothing is to be done. */
    public List<Advice> of(LinkCase link) {
        var load = link.load();
        if (load == null) {
            return List.of(unknown(link, "No traffic is seen."));
        }
        if (link.known().requests() < ENOUGH) {
            double few = link.known().requests();
            return List.of(
                    unknown(link, "Only %.0f requests are seen: too few to say.".formatted(few)));
        }
        var asked = new Asked(link, load, forecaster);
        if (asked.tunesOtherwise()) {
            var why =
                    "The window tunes itself: requests wait %s, and not %s as forecast. Give it time."
                            .formatted(
                                    Amounts.time(link.known().collect()),
                                    Amounts.time(asked.comparison().chosen().meanWait()));
            return List.of(unknown(link, why));
        }
        var found = new ArrayList<Advice>();
        if (link.kind().batches()) {
            add(found, new WindowAdvice(asked).advice());
            add(found, PackingAdvice.of(asked));
        }
        if (link.kind().caches()) {
            add(found, CacheAdvice.of(asked));
        }
        if (found.isEmpty()) {
            found.add(keep(asked));
        }
        return found;
    }

    /**
     * A link, and what is forecast of it as it is drawn.
     *
     * @param load what it carries, which is known here
     */
    record Asked(LinkCase link, Workload load, Forecaster forecaster, Comparison comparison) {
        Asked(LinkCase link, Workload load, Forecaster forecaster) {
            this(link, load, forecaster, Comparison.of(forecaster, load, link.window()));
        }

        /**
         * Whether a window that chooses its linger is seen to have chosen another than is thought.
         */
        boolean tunesOtherwise() {
            double collect = link.known().collect();
            double wait = comparison.chosen().meanWait();
            return link.window().policy() == BatchWindow.Policy.TARGET_P99
                    && Math.abs(collect - wait) > Math.max(0.001, wait / 2);
        }

        Effect before() {
            return effect(comparison.chosen(), load, link.window());
        }

        /**
         * What is forecast with another window. Where what many ask for is asked once, fewer join a
         * call that is shorter under way.
         */
        Effect after(BatchWindow window) {
            var first = forecaster.forecast(load, window);
            if (window.cache() == null || load.answered() == 0) {
                return effect(first, load, window);
            }
            double longer = first.mean() - comparison.chosen().mean();
            double share = Repeats.answered(load.answered(), link.known().again(), longer);
            var other = load.withAnswered(share);
            return effect(forecaster.forecast(other, window), other, window);
        }

        /** What a forecast comes to, where calls are joined if there is a cache. */
        Effect effect(Forecast forecast, Workload load, BatchWindow window) {
            double again = window.cache() == null ? Double.NaN : link.known().again();
            return Effect.of(forecast, load, again);
        }

        /** Seconds of waiting, of processors, and of the service's work saved each second. */
        double worth(Effect after) {
            var before = before();
            double calls = before.serviceCallsPerSecond() - after.serviceCallsPerSecond();
            return calls * load.service().p50()
                    + load.rate() * (before.mean() - after.mean())
                    + before.cores()
                    - after.cores();
        }
    }

    private static void add(List<Advice> all, @Nullable Advice one) {
        if (one != null) {
            all.add(one);
        }
    }

    private static Advice unknown(LinkCase link, String why) {
        return new Advice(
                link.link(), Kind.UNKNOWN, "too little measured to say", why, null, null, null, 0);
    }

    private static Advice keep(Asked asked) {
        var link = asked.link();
        var before = asked.before();
        var why =
                link.kind().batches()
                        ? WindowAdvice.kept(asked)
                        : "Its proxies make no batches, and nothing else is known to serve better.";
        return new Advice(
                link.link(), Kind.KEEP, "nothing would serve better", why, null, before, before, 0);
    }
}
