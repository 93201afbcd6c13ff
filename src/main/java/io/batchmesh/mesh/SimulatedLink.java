package io.batchmesh.mesh;

import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.Peer;
import io.batchmesh.forecast.Costs;
import io.batchmesh.forecast.DrawnLoad;
import io.batchmesh.forecast.Forecast;
import io.batchmesh.forecast.Forecaster;
import io.batchmesh.forecast.Workload;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.Link;
import io.batchmesh.model.Topology;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.policy.Compression.Codec;
import io.batchmesh.policy.Route;
import io.batchmesh.proxy.meter.CacheResult;
import io.batchmesh.proxy.meter.LinkMeters;
import io.batchmesh.proxy.meter.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One link of a simulated proxy under one config: what its meters would count of so many requests.
 * The sizes of batches and the waits for them follow the window as {@link Forecaster} has it, the
 * times of service and wire are those of the topology's simulation. A draw stands for many requests
 * where they are many, so that the work has a bound. Not for several threads.
 */
final class SimulatedLink {
    /** Batches that are drawn of all that were cut between two readings. */
    private static final int DRAWN = 12;

    private static final double FRAME_BYTES = 80;
    private static final double PACKED = 0.35;
    private static final double PACKING_BYTES_PER_SECOND = 400e6;

    private final LinkConfig config;
    private final LinkMeters meters;
    private final Chance chance;
    private final Workload load;
    private final Forecast forecast;
    private final double errors;
    private final boolean batched;
    private final SimulatedSend send;
    private final List<Counted> counted = new ArrayList<>();

    /** A subset that requests of the route go to. */
    private record Counted(String route, String subset, double share) {}

    /**
     * What is simulated.
     *
     * @param topology whose services and wires are called
     * @param link as it is drawn
     * @param rate requests per second of this proxy, above 0
     * @param batching whether nobody switched it off by hand
     */
    record Scene(Topology topology, Link link, double rate, boolean batching) {
        private double errors() {
            var callee = topology.service(link.id().to());
            return callee == null ? 0 : callee.simulated().errorPercent() / 100;
        }
    }

    SimulatedLink(LinkConfig config, Scene scene, LinkMeters meters, Chance chance) {
        this.config = config;
        this.meters = meters;
        this.chance = chance;
        var window = scene.batching() ? config.batch() : config.batch().withPolicy(Policy.OFF);
        load = DrawnLoad.of(scene.topology(), scene.link().withBatch(window), scene.rate());
        double each = Math.max(1e-6, scene.rate() / Math.max(1, endpoints()));
        forecast = new Forecaster(Costs.USUAL).forecast(load.withRate(each).withQueues(1), window);
        errors = scene.errors();
        batched = window.policy() != Policy.OFF && taken() == Peer.SIDECAR;
        send = new SimulatedSend(load, chance, meters, packed() ? PACKED : 1);
        count();
    }

    private long endpoints() {
        return config.subsets().values().stream().mapToLong(List::size).sum();
    }

    private Peer taken() {
        return config.subsets().values().stream()
                .flatMap(List::stream)
                .map(LinkConfig.Upstream::peer)
                .findFirst()
                .orElse(Peer.PLAIN);
    }

    private boolean packed() {
        var compression = config.batch().compression();
        return compression != null
                && (compression.codec() == Codec.ZSTD || compression.codec() == Codec.GZIP);
    }

    /** All requests take the first route that wants no more of them than that they come. */
    private void count() {
        var route = route();
        if (route == null) {
            return;
        }
        double all = route.split().values().stream().mapToInt(Integer::intValue).sum();
        route.split()
                .forEach((subset, weight) -> {
                    if (weight > 0) {
                        counted.add(new Counted(route.name(), subset, weight / all));
                    }
                });
    }

    private @Nullable Route route() {
        var routes = config.routes();
        return routes.stream()
                .filter(r -> r.match() == null)
                .findFirst()
                .orElse(routes.isEmpty() ? null : routes.getLast());
    }

    /** So many requests come and are answered; how long the proxy computed, in nanoseconds. */
    long answer(long requests) {
        if (requests == 0 || counted.isEmpty()) {
            return 0;
        }
        outcomes(requests);
        long hits = config.batch().cache() == null ? 0 : chance.some(requests, load.answered());
        cached(requests, hits);
        long sent = requests - hits;
        if (batched) {
            batch(sent);
        } else {
            plain(sent);
        }
        double each = batched ? 11.5e3 + 9e3 / forecast.itemsPerBatch() : 20e3;
        return Math.round((sent * each + hits * 6e3) / 2);
    }

    private void outcomes(long requests) {
        long left = requests;
        double share = 1;
        for (var part : counted) {
            long here =
                    share - part.share() < 1e-9 ? left : chance.some(left, part.share() / share);
            long bad = chance.some(here, errors);
            meters.requests(part.route(), part.subset(), 200).add(here - bad);
            if (bad > 0) {
                meters.requests(part.route(), part.subset(), 500).add(bad);
            }
            left -= here;
            share -= part.share();
        }
    }

    private void cached(long requests, long hits) {
        if (config.batch().cache() == null) {
            return;
        }
        meters.cache(CacheResult.HIT, hits);
        meters.cache(CacheResult.MISS, requests - hits);
        if (hits > 0) {
            meters.answered(Path.HIT, nanos(chance.around(12e-6, 0.3)), hits);
        }
    }

    private void plain(long requests) {
        int draws = (int) Math.min(requests, DRAWN);
        for (int i = 0; i < draws; i++) {
            long times = requests * (i + 1) / draws - requests * i / draws;
            double time = send.plain() + chance.around(50e-6, 0.3);
            meters.answered(Path.PLAIN, nanos(time), times);
        }
    }

    private void batch(long requests) {
        long left = requests;
        for (int drawn = 0; left > 0; drawn++) {
            int items = (int) Math.min(left, size());
            long batches = Math.max(1, left / ((long) items * Math.max(1, DRAWN - drawn)));
            one(items, batches);
            left -= batches * items;
        }
        meters.passed(Stage.COLLECT, requests);
        meters.passed(Stage.COMBINE, requests);
        meters.passed(Stage.SEND, requests);
        if (packed()) {
            meters.passed(Stage.COMPRESS, requests);
        }
    }

    private boolean waits() {
        var policy = config.batch().policy();
        return policy == Policy.FIXED || policy == Policy.TARGET_P99;
    }

    /** Requests in the next batch: with a linger, the first and those that come within it. */
    private int size() {
        int most = config.batch().maxItems();
        if (!waits()) {
            return Math.min(most, chance.atLeastOne(forecast.itemsPerBatch()));
        }
        double each = load.rate() * (1 - load.answered()) / Math.max(1, endpoints());
        return (int) Math.min(most, 1 + chance.poisson(each * forecast.linger()));
    }

    /** So many batches of this size, whose requests have waited for between none and all of it. */
    private void one(int items, long batches) {
        boolean full = items >= config.batch().maxItems();
        meters.batches(reason(full), items, batches);
        double window = waits() ? forecast.linger() : chance.exponential(forecast.meanWait());
        if (waits() && full) {
            double each = Math.max(1e-3, load.rate() / Math.max(1, endpoints()));
            window = Math.min(window, items / each);
        }
        double combine = 1e-6 + 0.4e-6 * items;
        double compress = packed() ? items * load.requestBytes() / PACKING_BYTES_PER_SECOND : 0;
        var frame = send.batch(items, batches);
        observe(new Waiting(window, combine, compress, frame), 1, batches);
        int others = items - 1;
        int draws = Math.min(others, 3);
        for (int i = 0; i < draws; i++) {
            long times = (long) others * (i + 1) / draws - (long) others * i / draws;
            double joined = waits() ? chance.below(window) : chance.exponential(window);
            observe(new Waiting(joined, combine, compress, frame), times, times * batches);
        }
        meters.wire()
                .sent(
                        Math.round(batches * (FRAME_BYTES + items * load.requestBytes())),
                        Math.round(
                                batches
                                        * (FRAME_BYTES
                                                + items
                                                        * load.requestBytes()
                                                        * (packed() ? PACKED : 1))));
    }

    private FlushReason reason(boolean full) {
        if (full) {
            return FlushReason.SIZE;
        }
        return waits() ? FlushReason.LINGER : FlushReason.IDLE;
    }

    /** What a request of a batch went through before its frame went out. */
    private record Waiting(
            double collect, double combine, double compress, SimulatedSend.Frame frame) {}

    private void observe(Waiting waited, long ofEach, long requests) {
        if (ofEach > 0) {
            double cache = config.batch().cache() == null ? 0 : 1.5e-6;
            long rest = nanos(chance.below(6e-6));
            send.observe(
                    new SimulatedSend.Before(
                            nanos(cache),
                            nanos(waited.collect()),
                            nanos(waited.combine()),
                            nanos(waited.compress()),
                            rest),
                    waited.frame(),
                    requests);
        }
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** Requests that wait in an open batch just now. */
    int waiting() {
        double each = load.rate() * (1 - load.answered());
        return batched ? (int) Math.min(1_000_000, chance.poisson(each * forecast.meanWait())) : 0;
    }
}
