package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.ServiceMetrics;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the sidecars of one service report of what reaches it, added up. */
final class ServiceSums {
    private final String service;
    private Instant seenAt = Instant.EPOCH;
    private int targets;
    private double requests = Double.NaN;
    private double errors = Double.NaN;
    private final Map<String, Double> byCode = new TreeMap<>();
    private HistogramSnapshot latency = HistogramSnapshot.EMPTY;

    ServiceSums(String service) {
        this.service = service;
    }

    void target(Instant seen) {
        targets++;
        seenAt = seen.isAfter(seenAt) ? seen : seenAt;
    }

    void counter(TargetRates.Value rate) {
        if (rate.series().metric().equals("batchmesh_inbound_requests_total")) {
            requests = Total.add(requests, rate.value());
            errors = Total.add(errors, Codes.isError(rate.series()) ? rate.value() : 0);
            var code = rate.series().label("code");
            if (code != null && !code.isEmpty()) {
                byCode.merge(code, rate.value(), Double::sum);
            }
        }
    }

    void histogram(TargetRates.Histogram histogram) {
        if (histogram.metric().equals("batchmesh_inbound_request_duration_seconds")) {
            latency = latency.plus(histogram.increase());
        }
    }

    ServiceMetrics build() {
        var share = requests > 0 ? errors / requests : Double.NaN;
        return new ServiceMetrics(
                service, seenAt, requests, share, Latency.of(latency), targets, byCode);
    }
}
