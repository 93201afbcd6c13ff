package io.batchmesh.forecast;

import static io.batchmesh.forecast.Amounts.cores;
import static io.batchmesh.forecast.Amounts.number;
import static io.batchmesh.forecast.Amounts.percent;
import static io.batchmesh.forecast.Amounts.rate;
import static io.batchmesh.forecast.Amounts.time;

import io.batchmesh.forecast.Advice.Kind;
import io.batchmesh.forecast.Advisor.Asked;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.quantity.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be said about the batch window of one link. */
final class WindowAdvice {
    /** Less than this is not worth a change of a window. */
    private static final double CORES = 0.02;

    private static final double SHARE = 0.15;

    /** Calls of a service that takes batches: so many fewer are worth one. */
    private static final double CALLS = 20;

    private static final double CALLS_SHARE = 0.3;

    /** What a window may cost that is advised: shares of the mean and of the p99. */
    private static final double MEAN_COST = 0.05;

    private static final double P99_COST = 0.05;

    /** A target that is missed by less than this may be met tomorrow. */
    private static final double MISSED = 1.05;

    /** A way there and back that is shorter needs no multiplexing. */
    private static final double LONG_WAY = 0.005;

    /** Bytes that shrink by less do not shrink. */
    static final double SHRINKS = 0.95;

    /** Lingers that are tried, in microseconds. */
    private static final int[] TRIED = {250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000};

    private final Asked asked;
    private final LinkCase link;
    private final Workload load;
    private final Comparison seen;

    WindowAdvice(Asked asked) {
        this.asked = asked;
        this.link = asked.link();
        this.load = asked.load();
        this.seen = asked.comparison();
    }

    /** At most one: null where the window is as good as any. */
    @Nullable Advice advice() {
        var policy = link.window().policy();
        if (policy == Policy.TARGET_P99 && outOfReach()) {
            return targetMissed();
        }
        if ((policy == Policy.FIXED || policy == Policy.TARGET_P99) && seen.onlyAddsLatency()) {
            return loses();
        }
        if (policy == Policy.OFF || policy == Policy.AUTO) {
            var gain = gain();
            return gain == null && policy == Policy.OFF ? multiplexed() : gain;
        }
        return null;
    }

    private boolean outOfReach() {
        return link.known().requests() >= Advisor.ENOUGH_FOR_P99
                && bare().p99() > target() * MISSED;
    }

    private double target() {
        var target = link.window().targetP99();
        return target == null ? Double.POSITIVE_INFINITY : Durations.seconds(target);
    }

    /** Without any wait at all. */
    private Forecast bare() {
        var window = link.window().withPolicy(Policy.FIXED).withLinger(Duration.ZERO);
        return asked.forecaster().forecast(load, window);
    }

    private Advice targetMissed() {
        var service = load.service();
        var why =
                "Without any wait the p99 is %s, the target %s: %s of it is the service, %s the wire. The window cannot mend that."
                        .formatted(
                                time(bare().p99()),
                                time(target()),
                                time(service.p99()),
                                time(2 * load.wire().delay()));
        return to(Kind.OUT_OF_REACH, "a target of %s is out of reach", Policy.AUTO, why);
    }

    private Advice loses() {
        boolean http2 = prefersHttp2();
        var other = http2 ? seen.off() : seen.auto();
        var chosen = seen.chosen();
        var why =
                "At %s a batch holds %s requests and each waits %s%s; %s waits %s%s."
                        .formatted(
                                rate(load.rate()),
                                number(chosen.itemsPerBatch()),
                                time(chosen.meanWait()),
                                collected(),
                                http2 ? "HTTP/2" : "auto",
                                time(other.meanWait()),
                                costs(other, chosen));
        return http2
                ? to(Kind.HTTP2, "HTTP/2 alone instead of %s", Policy.OFF, why + underWay())
                : to(Kind.LOSES, "auto instead of %s", Policy.AUTO, why);
    }

    private static String costs(Forecast other, Forecast chosen) {
        return Math.max(other.cores(), chosen.cores()) < 0.0005
                ? " and costs as little"
                : " and takes %s against %s".formatted(cores(other.cores()), cores(chosen.cores()));
    }

    private String collected() {
        double collect = link.known().collect();
        return Double.isNaN(collect) ? "" : " (seen " + time(collect) + ")";
    }

    /** A long way on which nothing shrinks and nothing is shared: all it needs is one stream. */
    private boolean prefersHttp2() {
        return link.kind().http2()
                && !load.service().bulk()
                && 2 * load.wire().delay() >= LONG_WAY
                && load.compression() > SHRINKS
                && seen.off().cores() <= seen.auto().cores()
                && seen.off().p99() <= seen.auto().p99() * 1.001;
    }

    private double open() {
        return load.rate() * (1 - load.answered()) * seen.off().mean();
    }

    private String underWay() {
        return " %s requests are under way at a time; HTTP/2 carries them on one connection."
                .formatted(number(open()));
    }

    /** Calls that each need a connection of their own, over a long way. */
    private @Nullable Advice multiplexed() {
        if (link.kind().http2() || 2 * load.wire().delay() < LONG_WAY || open() < 8) {
            return null;
        }
        var why =
                "The way takes %s there and back, so %s requests are under way at a time, each on a connection of its own. HTTP/2 at the service would carry them on one; a window would only wait."
                        .formatted(time(2 * load.wire().delay()), number(open()));
        var before = asked.before();
        return new Advice(
                link.link(), Kind.HTTP2, "HTTP/2 would serve here", why, null, before, before, 0);
    }

    /** What batches would save that is worth what they cost, or null. */
    private @Nullable Advice gain() {
        if (link.known().requests() < Advisor.ENOUGH_FOR_P99 || blind()) {
            return null;
        }
        if (link.window().policy() == Policy.OFF && gains(seen.auto())) {
            return to(Kind.WINDOW, "auto instead of %s", Policy.AUTO, gained(seen.auto()));
        }
        BatchWindow best = null;
        Forecast found = null;
        for (int micros : TRIED) {
            var window =
                    link.window()
                            .withPolicy(Policy.FIXED)
                            .withLinger(Duration.of(micros, java.time.temporal.ChronoUnit.MICROS));
            var tried = asked.forecaster().forecast(load, window);
            if (gains(tried) && (found == null || saves(tried) > saves(found) * 1.1)) {
                best = window;
                found = tried;
            }
        }
        return best == null || found == null
                ? null
                : set(Kind.WINDOW, "a window of " + words(best), best, gained(found));
    }

    /** Whether it is not known what a batch does to the service. */
    private boolean blind() {
        return load.service().bulk() && Double.isNaN(link.kind().itemTime());
    }

    private double saves(Forecast other) {
        double calls = seen.chosen().serviceCallsPerSecond() - other.serviceCallsPerSecond();
        return seen.chosen().cores() - other.cores() + calls * load.service().p50();
    }

    private boolean gains(Forecast other) {
        var now = seen.chosen();
        if (other.saturated()
                || other.mean() > now.mean() * (1 + MEAN_COST)
                || other.p99() > now.p99() * (1 + P99_COST)
                || other.cores() > now.cores()
                || other.bytesPerSecond() > now.bytesPerSecond() * 1.01 + 1000) {
            return false;
        }
        double cores = now.cores() - other.cores();
        double calls = now.serviceCallsPerSecond() - other.serviceCallsPerSecond();
        return cores >= Math.max(CORES, SHARE * now.cores())
                || calls >= Math.max(CALLS, CALLS_SHARE * now.serviceCallsPerSecond());
    }

    private String gained(Forecast other) {
        var now = seen.chosen();
        double calls = now.serviceCallsPerSecond() - other.serviceCallsPerSecond();
        var service = calls < 1 ? "" : "%s calls of the service less, ".formatted(rate(calls));
        return "At %s a batch would hold %s requests: %s%s less (%s), for %s more on the mean and %s on the p99."
                .formatted(
                        rate(load.rate()),
                        number(other.itemsPerBatch()),
                        service,
                        cores(now.cores() - other.cores()),
                        percent((now.cores() - other.cores()) / now.cores()),
                        time(Math.max(0, other.mean() - now.mean())),
                        time(Math.max(0, other.p99() - now.p99())));
    }

    /** Why a link is left as it is. */
    static String kept(Asked asked) {
        var chosen = asked.comparison().chosen();
        var auto = asked.comparison().auto();
        var policy = asked.link().window().policy();
        var load = asked.load();
        if (new WindowAdvice(asked).blind()) {
            return "How the service's time grows with a batch is not measured, so that nothing is said of longer windows; requests wait %s now."
                    .formatted(time(chosen.meanWait()));
        }
        if (policy == Policy.FIXED || policy == Policy.TARGET_P99) {
            return "At %s the window makes batches of %s; requests wait %s for %s less than by auto."
                    .formatted(
                            rate(load.rate()),
                            number(chosen.itemsPerBatch()),
                            time(chosen.meanWait()),
                            cores(Math.max(0, auto.cores() - chosen.cores())));
        }
        var longer =
                asked.forecaster()
                        .forecast(
                                load,
                                asked.link()
                                        .window()
                                        .withPolicy(Policy.FIXED)
                                        .withLinger(Duration.ofMillis(2)));
        return "At %s requests wait %s; a window of 2 ms would save %s and cost %s on the mean."
                .formatted(
                        rate(load.rate()),
                        time(chosen.meanWait()),
                        cores(Math.max(0, chosen.cores() - longer.cores())),
                        time(Math.max(0, longer.mean() - chosen.mean())));
    }

    private Advice to(Kind kind, String title, Policy policy, String why) {
        var named = title.contains("%s") ? title.formatted(named(kind)) : title;
        var window = link.window().withPolicy(policy);
        double calls =
                asked.after(window).serviceCallsPerSecond() - seen.chosen().serviceCallsPerSecond();
        var more = calls < 1 ? "" : " The service gets %s calls more.".formatted(rate(calls));
        return set(kind, named, window, why + more);
    }

    private String named(Kind kind) {
        if (kind == Kind.OUT_OF_REACH) {
            return time(target());
        }
        return switch (link.window().policy()) {
            case OFF -> "no batches";
            case AUTO -> "auto";
            case FIXED -> "a window of " + words(link.window());
            case TARGET_P99 -> "a target of " + time(target());
        };
    }

    private static String words(BatchWindow window) {
        return time(Durations.seconds(window.linger()));
    }

    private Advice set(Kind kind, String title, BatchWindow window, String why) {
        var after = asked.after(window);
        return new Advice(
                link.link(), kind, title, why, window, asked.before(), after, asked.worth(after));
    }
}
