package io.batchmesh.mesh;

import io.batchmesh.admin.ActivityMeter;
import io.batchmesh.admin.AdminSubject;
import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.LinkConfig;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.ServiceSimulation;
import io.batchmesh.proxy.meter.CpuLedger;
import io.batchmesh.proxy.meter.CpuMeter;
import io.batchmesh.proxy.meter.SidecarMeters;
import io.batchmesh.quantity.Durations;
import io.batchmesh.time.Ticker;
import io.batchmesh.translate.SidecarSite;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proxy of a fleet: configs, status and meters like a sidecar's, and no traffic. Its meters move
 * when somebody looks at them, by what the load of the topology is since the last look, under the
 * config that runs; so a fleet that nobody watches costs nothing. Safe for use by several threads.
 */
final class SimulatedProxy implements AdminSubject {
    /** Durations that are drawn of all the requests that came between two looks. */
    private static final int DRAWN = 6;

    private final SidecarSite site;
    private final FleetLoad load;
    private final Map<String, FleetLoad.Share> shares;
    private final List<Swell> arriving;
    private final Ticker ticker;
    private final Chance chance;
    private final CpuMeter cpu;
    private final SidecarMeters meters;
    private final AtomicLong cpuNanos = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final Map<String, SimulatedLink> links = new HashMap<>();
    private final Map<String, Integer> queued = new HashMap<>();
    private List<OverrideEntry> overrides = List.of();
    private double seen;
    private final long begun;

    private volatile @Nullable ProxyConfig config;
    private volatile boolean draining;

    SimulatedProxy(SidecarSite site, FleetLoad load, Ticker ticker, long seed) {
        this.site = site;
        this.load = load;
        this.ticker = ticker;
        shares = load.from(site.service());
        arriving = load.to(site.service());
        chance = new Chance(seed);
        cpu = new CpuMeter(ticker, new CpuLedger());
        cpu.told(cpuNanos::get);
        meters = new SidecarMeters(cpu);
        begun = ticker.nanos();
    }

    ActivityMeter activityMeter() {
        return cpu;
    }

    @Override
    public List<Fault> check(ProxyConfig config) {
        return List.of();
    }

    @Override
    public List<Fault> apply(ProxyConfig next, ConfigVersion version, @Nullable String revision) {
        lock.lock();
        try {
            advance();
            endpoints(config, next);
            config = next;
            compile();
            meters.config(version.hash(), revision);
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Counts for the endpoints that the config names, and for no others. */
    private void endpoints(@Nullable ProxyConfig before, ProxyConfig now) {
        for (var link : now.links()) {
            addresses(link).forEach(meters.link(link.link())::endpoint);
        }
        if (before != null) {
            for (var link : before.links()) {
                addresses(link).forEach(meters.link(link.link())::gone);
            }
        }
    }

    private static Set<String> addresses(LinkConfig link) {
        var addresses = new HashSet<String>();
        link.subsets().values().forEach(all -> all.forEach(u -> addresses.add(u.address())));
        return addresses;
    }

    private void compile() {
        var now = Objects.requireNonNull(config);
        links.clear();
        for (var link : now.links()) {
            var share = shares.get(link.link());
            if (share != null) {
                var scene =
                        new SimulatedLink.Scene(
                                load.topology(),
                                share.link(),
                                share.swell().perSecond(),
                                batches(link));
                links.put(
                        link.link(),
                        new SimulatedLink(link, scene, meters.link(link.link()), chance));
            }
        }
    }

    private boolean batches(LinkConfig link) {
        return overrides.stream()
                .noneMatch(o ->
                        o.kind() == OverrideEntry.Kind.BATCHING_OFF
                                && o.subject().equals(link.link()));
    }

    /** Brings the meters up to this moment. */
    private void advance() {
        double now = Durations.seconds(ticker.since(begun));
        if (now <= seen || draining) {
            seen = Math.max(seen, now);
            return;
        }
        for (var link : links.entrySet()) {
            var share = Objects.requireNonNull(shares.get(link.getKey()));
            long requests = chance.poisson(share.swell().between(seen, now));
            cpuNanos.addAndGet(link.getValue().answer(requests));
            queue(link.getKey(), link.getValue().waiting());
        }
        double served = 0;
        for (var swell : arriving) {
            served += swell.between(seen, now);
        }
        serve(chance.poisson(served));
        seen = now;
    }

    private void queue(String link, int waiting) {
        Integer before = queued.put(link, waiting);
        meters.link(link).queued(waiting - (before == null ? 0 : before));
    }

    private void serve(long requests) {
        var service = load.topology().service(site.service());
        var simulated = service == null ? ServiceSimulation.DEFAULT : service.simulated();
        long bad = chance.some(requests, simulated.errorPercent() / 100);
        double time = Durations.seconds(simulated.serviceTime());
        served(200, requests - bad, time);
        served(500, bad, time);
        cpuNanos.addAndGet(requests * 6_000);
    }

    private void served(int code, long requests, double time) {
        int draws = (int) Math.min(requests, DRAWN);
        for (int i = 0; i < draws; i++) {
            long times = requests * (i + 1) / draws - requests * i / draws;
            double seconds = chance.around(time, 0.25) + chance.around(40e-6, 0.3);
            meters.inbound().answered(code, Math.round(seconds * 1e9), times);
        }
    }

    @Override
    public @Nullable String overridable(OverrideEntry.Kind kind, String subject) {
        var now = config;
        if (kind == OverrideEntry.Kind.BATCHING_OFF && now != null) {
            return now.links().stream().anyMatch(l -> l.link().equals(subject))
                    ? null
                    : "there is no link '" + subject + "' from here";
        }
        return "a simulated proxy sends nothing to endpoints";
    }

    @Override
    public void overridden(List<OverrideEntry> switched) {
        lock.lock();
        try {
            advance();
            overrides = List.copyOf(switched);
            if (config != null) {
                compile();
            }
            meters.overrides(switched);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ObjectNode status() {
        var now = config;
        return ObjectWriter.object(o -> {
            o.put("proxy", site.proxy().name());
            o.put("service", site.service().name());
            o.put("simulated", true);
            if (now != null) {
                o.put("outbound", now.listeners().outbound());
                o.put("inbound", now.listeners().inbound());
                o.put("links", links(now));
            }
            o.putStrings(
                    "notes", List.of("simulated: its figures are computed, it carries no traffic"));
        });
    }

    private static ObjectNode links(ProxyConfig config) {
        return ObjectWriter.object(o ->
                config.links()
                        .forEach(l ->
                                o.putArray(
                                        l.link(),
                                        l.subsets().values().stream()
                                                .flatMap(List::stream)
                                                .toList(),
                                        SimulatedProxy::endpoint)));
    }

    private static ObjectNode endpoint(LinkConfig.Upstream upstream) {
        return ObjectWriter.object(o ->
                o.put("address", upstream.address())
                        .put("peer", upstream.peer().label())
                        .put("ejected", false)
                        .put("active", 0L)
                        .put("queued", 0L));
    }

    @Override
    public PrometheusRegistry metrics() {
        lock.lock();
        try {
            advance();
        } finally {
            lock.unlock();
        }
        return meters.registry();
    }

    @Override
    public boolean ready() {
        return !draining;
    }

    @Override
    public void drain() {
        lock.lock();
        try {
            advance();
            draining = true;
        } finally {
            lock.unlock();
        }
    }
}
