package io.batchmesh.ui.canvas;

import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.ServiceMetrics;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one snapshot says of the services and links of a topology. */
final class Readings {
    private static final Attention NO_ANSWER = new Attention(Tone.ERROR, "no answer");
    private static final Attention BREAKER = new Attention(Tone.WARN, "breaker open");

    private final Observed observed;
    private final Map<ServiceId, List<Link>> incoming = new HashMap<>();
    private final Map<ServiceId, List<Link>> outgoing = new HashMap<>();
    private final Map<String, List<ProxyMetrics>> proxies = new HashMap<>();

    Readings(Topology topology, Observed observed) {
        this.observed = observed;
        for (var link : topology.links().values()) {
            incoming.computeIfAbsent(link.id().to(), k -> new ArrayList<>()).add(link);
            outgoing.computeIfAbsent(link.id().from(), k -> new ArrayList<>()).add(link);
        }
        for (var proxy : observed.snapshot().proxies().values()) {
            proxies.computeIfAbsent(proxy.service(), k -> new ArrayList<>()).add(proxy);
        }
    }

    /** The rates of the services whose numbers are fresh. */
    static Map<ServiceId, Double> rates(Topology topology, Observed observed) {
        var readings = new Readings(topology, observed);
        var rates = new LinkedHashMap<ServiceId, Double>();
        for (var id : topology.services().keySet()) {
            var reading = readings.of(id);
            if (reading.known() && !reading.stale()) {
                rates.put(id, reading.rate());
            }
        }
        return rates;
    }

    /** Whether anybody watches. */
    boolean live() {
        return observed.live();
    }

    @Nullable LinkMetrics metrics(LinkId link) {
        return observed.snapshot().link(link.toString());
    }

    Reading of(LinkId link) {
        var metrics = metrics(link);
        if (metrics == null) {
            return Reading.NONE;
        }
        return reading(
                metrics.requestsPerSecond(),
                metrics.latency().all().p99(),
                metrics.errorShare(),
                metrics.seenAt());
    }

    /** Its own numbers; where it has none, those of its callers, else those of its calls. */
    Reading of(ServiceId service) {
        var own = observed.snapshot().services().get(service.name());
        if (own != null && !Double.isNaN(own.requestsPerSecond())) {
            return of(own);
        }
        var called = sum(incoming.getOrDefault(service, List.of()));
        return called.known() ? called : sum(outgoing.getOrDefault(service, List.of()));
    }

    private Reading of(ServiceMetrics own) {
        return reading(
                own.requestsPerSecond(), own.latency().p99(), own.errorShare(), own.seenAt());
    }

    private Reading sum(List<Link> links) {
        double rate = 0;
        double errors = 0;
        double p99 = Double.NaN;
        @Nullable Instant seen = null;
        for (var link : links) {
            var metrics = metrics(link.id());
            if (metrics == null || Double.isNaN(metrics.requestsPerSecond())) {
                continue;
            }
            rate += metrics.requestsPerSecond();
            errors += zeroIfUnknown(metrics.traffic().errorsPerSecond());
            p99 = max(p99, metrics.latency().all().p99());
            seen = seen == null || metrics.seenAt().isBefore(seen) ? metrics.seenAt() : seen;
        }
        return seen == null
                ? Reading.NONE
                : reading(rate, p99, rate > 0 ? errors / rate : Double.NaN, seen);
    }

    private Reading reading(double rate, double p99, double errorShare, Instant seenAt) {
        var now = observed.snapshot().at();
        var age = now.isAfter(seenAt) ? Duration.between(seenAt, now) : Duration.ZERO;
        var stale = age.compareTo(observed.staleAfter()) > 0;
        return new Reading(rate, p99, errorShare, age, stale);
    }

    /** What is wrong by what is seen, null when nothing is. */
    @Nullable Attention attention(ServiceId service) {
        var all = proxies.getOrDefault(service.name(), List.of());
        var silent = all.stream().filter(Readings::silent).count();
        if (!all.isEmpty() && silent == all.size()) {
            return NO_ANSWER;
        }
        if (silent > 0) {
            return new Attention(Tone.WARN, silent + " of " + all.size() + " silent");
        }
        return incoming.getOrDefault(service, List.of()).stream().anyMatch(this::breakerOpen)
                ? BREAKER
                : null;
    }

    /** What is wrong by what is seen, null when nothing is. */
    @Nullable Attention attention(LinkId link) {
        var metrics = metrics(link);
        return metrics != null && !metrics.traffic().openBreakers().isEmpty() ? BREAKER : null;
    }

    static Health health(Reading reading, @Nullable Attention attention) {
        var told = attention == null ? Tone.PLAIN : attention.tone();
        var worst = reading.stale() ? told : Tone.worse(told, reading.errorTone());
        return switch (worst) {
            case ERROR -> Health.ERROR;
            case WARN -> Health.WARN;
            default ->
                    !reading.known() ? Health.UNKNOWN : reading.stale() ? Health.STALE : Health.OK;
        };
    }

    /** Requests by subset over all callers. */
    Map<String, Double> split(ServiceId service) {
        var split = new HashMap<String, Double>();
        for (var link : incoming.getOrDefault(service, List.of())) {
            var metrics = metrics(link.id());
            if (metrics != null) {
                metrics.traffic()
                        .splitPerSecond()
                        .forEach((subset, rate) -> split.merge(subset, rate, Double::sum));
            }
        }
        return split;
    }

    private boolean breakerOpen(Link link) {
        return attention(link.id()) != null;
    }

    private static boolean silent(ProxyMetrics proxy) {
        return proxy.state() == ProxyState.UNREACHABLE || proxy.state() == ProxyState.UNREADABLE;
    }

    private static double zeroIfUnknown(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static double max(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }
}
