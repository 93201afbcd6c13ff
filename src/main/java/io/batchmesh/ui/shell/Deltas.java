package io.batchmesh.ui.shell;

import io.batchmesh.metrics.LinkMeasure;
import io.batchmesh.metrics.Series;
import io.batchmesh.metrics.ServiceMeasure;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.ui.theme.Formats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What is different in two periods: the means over each, of rates as a share, of latencies in time.
 * The mean of a quantile is that of the quantiles of its seconds.
 */
final class Deltas {
    private static final double NOTABLE = 0.005;

    private final PastView now;
    private final PastView then;
    private final Map<Object, String> said = new HashMap<>();

    Deltas(PastView now, PastView then) {
        this.now = now;
        this.then = then;
    }

    /** Whether other periods are nearly these: of the same lengths, and not much later. */
    boolean stillFits(PastView shown, long millis) {
        var other = shown.then();
        long moved = shown.window().nowMillis() - now.window().nowMillis();
        return other != null
                && shown.past() == now.past()
                && shown.window().length().equals(now.window().length())
                && shown.millisSince(other) == now.millisSince(then)
                && Math.abs(moved) < millis;
    }

    /** {@code +3 %, p99 −8.1 ms}; empty where one of the periods knows nothing. */
    String of(LinkId link) {
        return said.computeIfAbsent(
                link,
                l ->
                        brief(
                                p -> p.link(link.toString(), LinkMeasure.REQUESTS),
                                p -> p.link(link.toString(), LinkMeasure.P99)));
    }

    /** As for a link. */
    String of(ServiceId service) {
        return said.computeIfAbsent(
                service,
                s ->
                        brief(
                                p -> p.service(service.name(), ServiceMeasure.REQUESTS),
                                p -> p.service(service.name(), ServiceMeasure.P99)));
    }

    private String brief(Function<PastView, Series> rate, Function<PastView, Series> p99) {
        var words = new ArrayList<String>();
        double before = mean(then, rate);
        double after = mean(now, rate);
        if (!Double.isNaN(before) && !Double.isNaN(after)) {
            words.add(share(before, after));
        }
        double late = mean(now, p99) - mean(then, p99);
        if (!Double.isNaN(late)) {
            words.add("p99 " + Formats.latencyChange(late));
        }
        return String.join(" ", words);
    }

    /** All that is different of a link, in words. */
    String inFull(LinkId link) {
        var words = new ArrayList<String>();
        add(words, "rate", link, LinkMeasure.REQUESTS);
        addTime(words, "p50", link, LinkMeasure.P50);
        addTime(words, "p99", link, LinkMeasure.P99);
        add(words, "items a batch", link, LinkMeasure.MEAN_ITEMS);
        add(words, "bytes", link, LinkMeasure.COMPRESSED_BYTES);
        return String.join(", ", words);
    }

    /** All that is different of a service, in words. */
    String inFull(ServiceId service) {
        var words = new ArrayList<String>(List.of(of(service)));
        words.removeIf(String::isEmpty);
        return String.join(", ", words);
    }

    private void add(List<String> words, String name, LinkId link, LinkMeasure measure) {
        double before = mean(then, p -> p.link(link.toString(), measure));
        double after = mean(now, p -> p.link(link.toString(), measure));
        if (before > 0 && !Double.isNaN(after)) {
            words.add(name + " " + share(before, after));
        }
    }

    private void addTime(List<String> words, String name, LinkId link, LinkMeasure measure) {
        double change =
                mean(now, p -> p.link(link.toString(), measure))
                        - mean(then, p -> p.link(link.toString(), measure));
        if (!Double.isNaN(change)) {
            words.add(name + " " + Formats.latencyChange(change));
        }
    }

    private static double mean(PastView past, Function<PastView, Series> series) {
        var window = past.window();
        return series.apply(past).mean(window.startMillis(), window.nowMillis());
    }

    private static String share(double before, double after) {
        if (!(before > 0)) {
            return after > 0 ? "new" : "±0 %";
        }
        double change = after / before - 1;
        if (Math.abs(change) < NOTABLE) {
            return "±0 %";
        }
        return change >= 1
                ? String.format(Locale.ROOT, "×%.1f", change + 1)
                : String.format(Locale.ROOT, "%+.0f %%", change * 100).replace('-', '−');
    }
}
