package io.batchmesh.observe;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Folds the rates of all targets into one snapshot: a link is the sum of what the proxies of its
 * calling service report, with their histograms merged. As long as one of them is live, only live
 * ones count; when none is, their last values are kept with the time at which they were read.
 */
final class Folder {
    private Folder() {}

    /** Pure: the same views give the same snapshot. */
    static MeshSnapshot fold(Instant at, List<TargetView> views) {
        var live = new Sums();
        var kept = new Sums();
        var proxies = new TreeMap<String, ProxyMetrics>();
        var cost = new EnumMap<Activity, Double>(Activity.class);
        for (var view : views) {
            var proxy = ProxyReading.of(view);
            proxies.put(proxy.proxy(), proxy);
            if (view.live()) {
                proxy.cpuCores()
                        .forEach((activity, cores) -> cost.merge(activity, cores, Double::sum));
            }
            (view.live() ? live : kept).add(view);
        }
        var links = kept.links();
        links.putAll(live.links());
        var services = kept.services();
        services.putAll(live.services());
        return new MeshSnapshot(at, links, services, proxies, cost);
    }
}
