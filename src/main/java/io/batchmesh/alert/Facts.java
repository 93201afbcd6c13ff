package io.batchmesh.alert;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.AlertCondition.Threshold;
import io.batchmesh.model.AlertMeasure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers of one snapshot as rules read them; {@code NaN} is what is not known. */
final class Facts {
    private final MeshSnapshot seen;
    private final Duration staleAfter;
    private final Map<String, Called> called = new HashMap<>();
    private boolean folded;

    /**
     * @param staleAfter numbers older than this are not known any more
     */
    Facts(MeshSnapshot seen, Duration staleAfter) {
        this.seen = seen;
        this.staleAfter = staleAfter;
    }

    /** What goes over all links that lead to a service. */
    private static final class Called {
        private double requests = Double.NaN;
        private double errors = Double.NaN;
        private HistogramSnapshot latency = HistogramSnapshot.EMPTY;

        private void add(LinkMetrics link) {
            requests = plus(requests, link.traffic().requestsPerSecond());
            errors = plus(errors, link.traffic().errorsPerSecond());
            latency = latency.plus(link.latency().histogram());
        }

        private static double plus(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + b;
        }
    }

    private Map<String, Called> called() {
        if (!folded) {
            folded = true;
            for (var link : seen.links().values()) {
                int arrow = link.link().indexOf("->");
                if (arrow > 0 && fresh(link.seenAt())) {
                    called.computeIfAbsent(link.link().substring(arrow + 2), k -> new Called())
                            .add(link);
                }
            }
        }
        return called;
    }

    private boolean fresh(Instant seenAt) {
        return !seenAt.isBefore(seen.at().minus(staleAfter));
    }

    private @Nullable LinkMetrics fresh(String link) {
        var metrics = seen.link(link);
        return metrics != null && fresh(metrics.seenAt()) ? metrics : null;
    }

    /** A number of a link, or of one of its stages. */
    double link(String name, Threshold threshold) {
        var link = fresh(name);
        if (link == null) {
            return Double.NaN;
        }
        if (threshold.stage() != null) {
            return Stage.of(threshold.stage())
                    .map(stage -> time(threshold.measure(), link.stage(stage).latency()))
                    .orElse(Double.NaN);
        }
        var traffic = link.traffic();
        return switch (threshold.measure()) {
            case REQUESTS -> traffic.requestsPerSecond();
            case ERRORS -> traffic.errorsPerSecond();
            case ERROR_SHARE -> traffic.errorShare();
            case MEAN, P50, P95, P99 -> time(threshold.measure(), link.latency().all());
            case SHED -> traffic.shedPerSecond();
            case RETRIES -> traffic.retriesPerSecond();
            case EJECTIONS -> traffic.ejectionsPerSecond();
            case WAITING -> link.batching().queueItems();
            case ITEMS_PER_BATCH -> link.batching().meanItems();
            case HIT_SHARE -> link.cache().hitShare();
            case OPEN_BREAKERS -> traffic.openBreakers().size();
            case UNHEALTHY -> traffic.unhealthy().size();
            case CORES, DOWN -> Double.NaN;
        };
    }

    private static double time(AlertMeasure measure, Latency latency) {
        return switch (measure) {
            case MEAN -> latency.mean();
            case P50 -> latency.p50();
            case P95 -> latency.p95();
            case P99 -> latency.p99();
            default -> Double.NaN;
        };
    }

    /** A number of a service, as those who call it see it. */
    double service(String name, Threshold threshold) {
        var sum = called().get(name);
        if (sum == null || threshold.stage() != null) {
            return Double.NaN;
        }
        return switch (threshold.measure()) {
            case REQUESTS -> sum.requests;
            case ERRORS -> sum.errors;
            case ERROR_SHARE -> sum.requests > 0 ? sum.errors / sum.requests : Double.NaN;
            case MEAN, P50, P95, P99 -> time(threshold.measure(), Latency.of(sum.latency));
            default -> Double.NaN;
        };
    }

    /** A number of a proxy. */
    double proxy(String name, Threshold threshold) {
        var proxy = seen.proxies().get(name);
        if (proxy == null || threshold.stage() != null) {
            return Double.NaN;
        }
        if (threshold.measure() == AlertMeasure.DOWN) {
            return down(proxy);
        }
        if (proxy.state() != ProxyState.LIVE) {
            return Double.NaN;
        }
        return switch (threshold.measure()) {
            case RETRIES -> proxy.load().retriesPerSecond();
            case WAITING -> proxy.load().queueItems();
            case OPEN_BREAKERS -> proxy.load().openBreakers();
            case CORES -> proxy.cpuCores().getOrDefault(Activity.PROXY, Double.NaN);
            default -> Double.NaN;
        };
    }

    private static double down(ProxyMetrics proxy) {
        return switch (proxy.state()) {
            case LIVE -> 0;
            case STALE -> proxy.lastSeen() == null ? Double.NaN : 0;
            case UNREACHABLE, UNREADABLE -> 1;
        };
    }

    /** Requests and errors per second of a link, or of a service; not known where stale. */
    double[] traffic(boolean ofLink, String name) {
        if (ofLink) {
            var link = fresh(name);
            return link == null
                    ? new double[] {Double.NaN, Double.NaN}
                    : new double[] {
                        link.traffic().requestsPerSecond(), link.traffic().errorsPerSecond()
                    };
        }
        var sum = called().get(name);
        return sum == null
                ? new double[] {Double.NaN, Double.NaN}
                : new double[] {sum.requests, sum.errors};
    }
}
