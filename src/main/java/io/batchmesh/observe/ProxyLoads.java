package io.batchmesh.observe;

import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.ProxyLoad;

/** What one target reports of all that it carries, added up. */
final class ProxyLoads {
    private double requests = Double.NaN;
    private double errors = Double.NaN;
    private double retries = Double.NaN;
    private double queue = Double.NaN;
    private double breakers = Double.NaN;
    private HistogramSnapshot latency = HistogramSnapshot.EMPTY;

    private ProxyLoads() {}

    static ProxyLoad of(TargetRates rates) {
        var sums = new ProxyLoads();
        rates.counters().forEach(sums::counter);
        rates.gauges().forEach(sums::gauge);
        rates.histograms().forEach(sums::histogram);
        return new ProxyLoad(
                sums.requests,
                sums.errors,
                Latency.of(sums.latency).p99(),
                sums.retries,
                sums.queue,
                sums.breakers);
    }

    private void counter(TargetRates.Value rate) {
        switch (rate.series().metric()) {
            case "batchmesh_requests_total", "batchmesh_inbound_requests_total" -> {
                requests = Total.add(requests, rate.value());
                errors = Total.add(errors, Codes.isError(rate.series()) ? rate.value() : 0);
            }
            case "batchmesh_retries_total" -> retries = Total.add(retries, rate.value());
            default -> {}
        }
    }

    private void gauge(TargetRates.Value gauge) {
        switch (gauge.series().metric()) {
            case "batchmesh_queue_items" -> queue = Total.add(queue, gauge.value());
            case "batchmesh_breaker_open" ->
                    breakers = Total.add(breakers, gauge.value() > 0 ? 1 : 0);
            default -> {}
        }
    }

    private void histogram(TargetRates.Histogram histogram) {
        switch (histogram.metric()) {
            case "batchmesh_request_duration_seconds",
                    "batchmesh_inbound_request_duration_seconds" ->
                    latency = latency.plus(histogram.increase());
            default -> {}
        }
    }
}
