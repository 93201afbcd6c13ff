package io.batchmesh.observe;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.ServiceMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The links and services that some targets report, added up. */
final class Sums {
    private static final String INBOUND = "batchmesh_inbound_";

    /** Beyond it further links are left out: no mesh has more, but a broken proxy might. */
    private static final int MAX_LINKS = 50_000;

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
                link(link).ifPresent(sums -> sums.counter(counter, seen));
            }
        }
        for (var gauge : view.rates().gauges()) {
            var link = gauge.series().label("link");
            if (link != null) {
                link(link).ifPresent(sums -> sums.gauge(gauge, seen));
            }
        }
        traces(view.rates().traces());
        for (var histogram : view.rates().histograms()) {
            var link = histogram.labels().get("link");
            if (histogram.metric().startsWith(INBOUND)) {
                service.histogram(histogram);
            } else if (link != null) {
                var seconds = view.rates().seconds();
                link(link).ifPresent(sums -> sums.histogram(histogram, seconds, seen));
            }
        }
    }

    private void traces(List<TargetRates.Trace> traces) {
        for (var trace : traces) {
            link(trace.link()).ifPresent(sums -> sums.trace(trace.sample()));
        }
    }

    private Optional<LinkSums> link(String link) {
        var sums = links.get(link);
        if (sums == null && links.size() < MAX_LINKS) {
            sums = new LinkSums(link);
            links.put(link, sums);
        }
        return Optional.ofNullable(sums);
    }

    Map<String, LinkMetrics> links() {
        var built = new TreeMap<String, LinkMetrics>();
        links.forEach((link, sums) -> built.put(link, sums.build()));
        return built;
    }

    Map<String, ServiceMetrics> services() {
        var built = new TreeMap<String, ServiceMetrics>();
        services.forEach((service, sums) -> built.put(service, sums.build()));
        return built;
    }
}
