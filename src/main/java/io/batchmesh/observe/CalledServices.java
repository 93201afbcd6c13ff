package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.ServiceMetrics;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What services do, as far as those who call them can tell. */
final class CalledServices {
    private double requests = Double.NaN;
    private double errors = Double.NaN;
    private HistogramSnapshot latency = HistogramSnapshot.EMPTY;
    private Instant seenAt = Instant.EPOCH;

    private CalledServices() {}

    static Map<String, ServiceMetrics> of(Map<String, LinkMetrics> links) {
        var sums = new TreeMap<String, CalledServices>();
        for (var link : links.values()) {
            var arrow = link.link().indexOf("->");
            if (arrow > 0) {
                var service = link.link().substring(arrow + 2);
                sums.computeIfAbsent(service, key -> new CalledServices()).add(link);
            }
        }
        var services = new TreeMap<String, ServiceMetrics>();
        sums.forEach((service, sum) -> services.put(service, sum.build(service)));
        return services;
    }

    private void add(LinkMetrics link) {
        requests = Total.add(requests, link.traffic().requestsPerSecond());
        errors = Total.add(errors, link.traffic().errorsPerSecond());
        latency = latency.plus(link.latency().histogram());
        seenAt = link.seenAt().isAfter(seenAt) ? link.seenAt() : seenAt;
    }

    private ServiceMetrics build(String service) {
        var share = requests > 0 ? errors / requests : Double.NaN;
        return new ServiceMetrics(service, seenAt, requests, share, Latency.of(latency), 0);
    }
}
