package io.batchmesh.observe;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.ServiceMetrics;
import java.util.Map;
import java.util.TreeMap;

/** The links and services that some targets report, added up. */
final class Sums {
    private static final String INBOUND = "batchmesh_inbound_";

    private final Map<String, LinkSums> links = new TreeMap<>();
    private final Map<String, ServiceSums> services = new TreeMap<>();

    /** Adds what one target reports; nothing when it was never read. */
    void add(TargetView view) {
        var seen = view.lastSeen();
        if (seen == null) {
            return;
        }
        var service = services.computeIfAbsent(view.target().service(), ServiceSums::new);
        service.target(seen);
        for (var counter : view.rates().counters()) {
            var link = counter.series().label("link");
            if (counter.series().metric().startsWith(INBOUND)) {
                service.counter(counter);
            } else if (link != null) {
                links.computeIfAbsent(link, LinkSums::new).counter(counter, seen);
            }
        }
        for (var gauge : view.rates().gauges()) {
            var link = gauge.series().label("link");
            if (link != null) {
                links.computeIfAbsent(link, LinkSums::new).gauge(gauge, seen);
            }
        }
        for (var histogram : view.rates().histograms()) {
            var link = histogram.labels().get("link");
            if (histogram.metric().startsWith(INBOUND)) {
                service.histogram(histogram);
            } else if (link != null) {
                links.computeIfAbsent(link, LinkSums::new)
                        .histogram(histogram, view.rates().seconds(), seen);
            }
        }
    }

    TreeMap<String, LinkMetrics> links() {
        var built = new TreeMap<String, LinkMetrics>();
        links.forEach((link, sums) -> built.put(link, sums.build()));
        return built;
    }

    TreeMap<String, ServiceMetrics> services() {
        var built = new TreeMap<String, ServiceMetrics>();
        services.forEach((service, sums) -> built.put(service, sums.build()));
        return built;
    }
}
