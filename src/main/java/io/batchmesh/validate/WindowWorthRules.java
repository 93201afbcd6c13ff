package io.batchmesh.validate;

import io.batchmesh.model.Link;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.quantity.Durations;
import java.time.Duration;
import java.util.Locale;

/** Batch windows that work and are not worth it at the simulated load. */
final class WindowWorthRules {
    private static final double NANOS = 1e9;

    private WindowWorthRules() {}

    static void check(Scope scope) {
        for (var link : scope.links()) {
            var window = link.batch();
            if (window != null && window.policy() == BatchWindow.Policy.FIXED) {
                onlyWaits(scope, link, window);
            }
        }
    }

    /**
     * With λ requests per second, λ·linger further ones are expected while the first one waits.
     * Below one, most batches hold one request, which waited for nothing.
     */
    private static void onlyWaits(Scope scope, Link link, BatchWindow window) {
        double rate = scope.rates().of(link.id());
        double further = rate * window.linger().toNanos() / NANOS;
        boolean atOnce = link.simulated().request().burst() > 1;
        if (rate <= 0 || further >= 1 || window.linger().isZero() || atOnce) {
            return;
        }
        var once = Duration.ofMillis((long) Math.ceil(1_000 / rate));
        scope.warn(
                "BM-214",
                scope.at(link).in("batch", "linger"),
                String.format(
                        Locale.ROOT,
                        "at %s requests/s a wait of %s meets %.2g further requests: the window"
                                + " only adds latency",
                        rate(rate),
                        Durations.format(window.linger()),
                        further),
                "set the policy auto, which waits only under load, or off; a window gathers two"
                        + " from "
                        + Durations.format(once)
                        + " on");
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%.0f", rate);
    }
}
