package io.batchmesh.observe;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.SeriesName;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a target reports of itself. */
final class ProxyReading {
    private ProxyReading() {}

    static ProxyMetrics of(TargetView view) {
        var info = info(view.rates());
        return new ProxyMetrics(
                view.target().proxy(),
                view.target().service(),
                view.state(),
                view.lastSeen(),
                view.reason(),
                info == null ? null : blankToNull(info.label("version")),
                info == null ? null : blankToNull(info.label("revision")),
                cores(view.rates()),
                ProxyLoads.of(view.rates()));
    }

    private static Map<Activity, Double> cores(TargetRates rates) {
        var cores = new EnumMap<Activity, Double>(Activity.class);
        for (var counter : rates.counters()) {
            if (counter.series().metric().equals("batchmesh_cpu_seconds_total")) {
                var label = counter.series().label("activity");
                Activity.of(label == null ? "" : label)
                        .ifPresent(activity -> cores.merge(activity, counter.value(), Double::sum));
            }
        }
        return cores;
    }

    /** While a config is replaced both may be there; the one that runs has the value 1. */
    private static @Nullable SeriesName info(TargetRates rates) {
        for (var gauge : rates.gauges()) {
            if (gauge.value() > 0 && gauge.series().metric().equals("batchmesh_config_info")) {
                return gauge.series();
            }
        }
        return null;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
