package io.batchmesh.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a snapshot together again from the numbers that were kept of its moment. What was not kept
 * is not known: the split over subsets, histograms, versions, single codes.
 */
final class MomentReader {
    private static final List<Activity> ACTIVITIES = List.of(Activity.values());
    private static final List<ProxyLoad.Measure> LOADS = List.of(ProxyLoad.Measure.values());

    private final PackedTier tier;
    private final boolean ofDay;
    private final int moment;
    private final Instant at;
    private final PackedTier.Cursors cursors;

    /**
     * Reads of one tier.
     *
     * @param ofDay whether it is that of the day, of which less is known
     */
    MomentReader(PackedTier tier, boolean ofDay, int moment, PackedTier.Cursors cursors) {
        this.tier = tier;
        this.cursors = cursors;
        this.ofDay = ofDay;
        this.moment = moment;
        this.at = Instant.ofEpochMilli(tier.millis(moment));
    }

    /**
     * The snapshot.
     *
     * @param homes the service of each proxy that is known
     */
    MeshSnapshot read(Map<String, String> homes) {
        var links = new LinkedHashMap<String, LinkMetrics>();
        for (var name : tier.names("link ")) {
            var numbers = new Numbers(tier.at("link " + name, moment, cursors));
            if (numbers.known()) {
                links.put(name, numbers.link(name));
            }
        }
        var services = new LinkedHashMap<String, ServiceMetrics>();
        for (var name : tier.names("service ")) {
            var values = tier.at("service " + name, moment, cursors);
            if (known(values)) {
                services.put(name, service(name, values));
            }
        }
        var proxies = new LinkedHashMap<String, ProxyMetrics>();
        for (var name : tier.names("proxy ")) {
            proxies.put(
                    name,
                    proxy(
                            name,
                            homes.getOrDefault(name, ""),
                            tier.at("proxy " + name, moment, cursors)));
        }
        return new MeshSnapshot(
                at, links, services, proxies, cores(tier.at("cost", moment, cursors)));
    }

    private static boolean known(double[] values) {
        for (var value : values) {
            if (!Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static Map<Activity, Double> cores(double[] values) {
        var cores = new EnumMap<Activity, Double>(Activity.class);
        for (var i = 0; i < Math.min(values.length, ACTIVITIES.size()); i++) {
            if (!Double.isNaN(values[i])) {
                cores.put(ACTIVITIES.get(i), values[i]);
            }
        }
        return cores;
    }

    private ProxyMetrics proxy(String name, String service, double[] values) {
        var cores = cores(values);
        var load = new double[LOADS.size()];
        for (var i = 0; i < load.length; i++) {
            var index = ACTIVITIES.size() + i;
            load[i] = index < values.length ? values[index] : Double.NaN;
        }
        var live = !cores.isEmpty();
        return new ProxyMetrics(
                name,
                service,
                live ? ProxyState.LIVE : ProxyState.STALE,
                live ? at : null,
                live ? null : "gave no numbers at that moment",
                null,
                null,
                cores,
                new ProxyLoad(load[0], load[1], load[2], load[3], load[4], load[5]));
    }

    private ServiceMetrics service(String name, double[] values) {
        var measures = ServiceMeasure.values();
        var by = new EnumMap<ServiceMeasure, Double>(ServiceMeasure.class);
        for (var i = 0; i < measures.length; i++) {
            by.put(measures[i], i < values.length ? values[i] : Double.NaN);
        }
        var rate = by.getOrDefault(ServiceMeasure.REQUESTS, Double.NaN);
        var codes = new LinkedHashMap<String, Double>();
        put(codes, "4xx", by.getOrDefault(ServiceMeasure.CLIENT_ERRORS, 0.0));
        put(codes, "5xx", by.getOrDefault(ServiceMeasure.SERVER_ERRORS, 0.0));
        put(codes, "none", by.getOrDefault(ServiceMeasure.NO_ANSWERS, 0.0));
        return new ServiceMetrics(
                name,
                at,
                rate,
                by.getOrDefault(ServiceMeasure.ERROR_SHARE, Double.NaN),
                latency(
                        by.getOrDefault(ServiceMeasure.MEAN, Double.NaN),
                        by.getOrDefault(ServiceMeasure.P50, Double.NaN),
                        by.getOrDefault(ServiceMeasure.P95, Double.NaN),
                        by.getOrDefault(ServiceMeasure.P99, Double.NaN),
                        rate),
                0,
                codes);
    }

    private static void put(Map<String, Double> codes, String code, double rate) {
        if (rate > 0) {
            codes.put(code, rate);
        }
    }

    private static Latency latency(double mean, double p50, double p95, double p99, double count) {
        return Double.isNaN(mean)
                ? Latency.NONE
                : new Latency(mean, p50, p95, p99, Math.max(count, 1));
    }

    /** The numbers of one link at the moment. */
    private final class Numbers {
        private final double[] values;

        private Numbers(double[] values) {
            this.values = values;
        }

        private boolean known() {
            return MomentReader.known(values);
        }

        private double of(LinkMeasure measure) {
            var index = ofDay ? LinkMeasure.allDaily().indexOf(measure) : measure.index();
            return index >= 0 && index < values.length ? values[index] : Double.NaN;
        }

        private LinkMetrics link(String name) {
            return new LinkMetrics(
                    name,
                    at,
                    traffic(),
                    times(),
                    stages(),
                    batching(),
                    new Wire(of(LinkMeasure.RAW_BYTES), of(LinkMeasure.COMPRESSED_BYTES)),
                    cache());
        }

        private LinkTraffic traffic() {
            var codes = new LinkedHashMap<String, Double>();
            for (var kind : AnswerKind.values()) {
                put(codes, kind.label(), of(LinkMeasure.of(kind)));
            }
            return new LinkTraffic(
                    of(LinkMeasure.REQUESTS),
                    of(LinkMeasure.ERRORS),
                    of(LinkMeasure.SHED),
                    of(LinkMeasure.RETRIES),
                    Map.of(),
                    some(of(LinkMeasure.OPEN_BREAKERS)),
                    codes,
                    Double.NaN,
                    some(of(LinkMeasure.UNHEALTHY)));
        }

        /** How many there were is known, but not which. */
        private static List<String> some(double count) {
            var some = new ArrayList<String>();
            for (var i = 1; i <= Math.min(count, 100); i++) {
                some.add("endpoint " + i);
            }
            return some;
        }

        private LinkLatency times() {
            var all =
                    latency(
                            of(LinkMeasure.MEAN),
                            of(LinkMeasure.P50),
                            of(LinkMeasure.P95),
                            of(LinkMeasure.P99),
                            of(LinkMeasure.REQUESTS));
            return new LinkLatency(all, batched(), Map.of(), HistogramSnapshot.EMPTY);
        }

        private Latency batched() {
            return latency(
                    of(LinkMeasure.BATCHED_MEAN),
                    of(LinkMeasure.BATCHED_P50),
                    Double.NaN,
                    of(LinkMeasure.BATCHED_P99),
                    of(LinkMeasure.ITEMS));
        }

        private StageBreakdown stages() {
            var stages = new EnumMap<Stage, StageMetrics>(Stage.class);
            for (var stage : Stage.values()) {
                var items = of(LinkMeasure.of(stage, StageValue.ITEMS));
                stages.put(
                        stage,
                        new StageMetrics(
                                stage,
                                items,
                                latency(
                                        of(LinkMeasure.of(stage, StageValue.MEAN)),
                                        of(LinkMeasure.of(stage, StageValue.P50)),
                                        of(LinkMeasure.of(stage, StageValue.P95)),
                                        of(LinkMeasure.of(stage, StageValue.P99)),
                                        items)));
            }
            return new StageBreakdown(stages, Map.of(), of(LinkMeasure.UNEXPLAINED));
        }

        private Batching batching() {
            var flushes = new EnumMap<FlushReason, Double>(FlushReason.class);
            for (var reason : FlushReason.values()) {
                var rate = of(LinkMeasure.of(reason));
                if (!Double.isNaN(rate)) {
                    flushes.put(reason, rate);
                }
            }
            return new Batching(
                    of(LinkMeasure.ITEMS),
                    of(LinkMeasure.BATCHES),
                    of(LinkMeasure.MEAN_ITEMS),
                    flushes,
                    of(LinkMeasure.QUEUE));
        }

        private CacheUse cache() {
            var share = of(LinkMeasure.HIT_SHARE);
            var saved = of(LinkMeasure.SAVED);
            var results = new HashMap<String, Double>();
            if (!Double.isNaN(saved)) {
                results.put("hit", saved);
            }
            return new CacheUse(share, results);
        }
    }
}
