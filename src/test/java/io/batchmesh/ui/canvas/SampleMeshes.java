package io.batchmesh.ui.canvas;

import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ServiceMetrics;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.Wire;
import io.batchmesh.model.Endpoint;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Port;
import io.batchmesh.model.Protocol;
import io.batchmesh.model.Service;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.ServiceKind;
import io.batchmesh.model.Subset;
import io.batchmesh.model.Topology;
import io.batchmesh.model.Traffic;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Topologies and numbers for tests and pictures. */
final class SampleMeshes {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private SampleMeshes() {}

    /** One of {@code sample-topologies/}. */
    static Topology sample(String name) {
        var result = TopologyFile.load(Path.of("sample-topologies", name + ".json"));
        if (result instanceof LoadResult.Loaded(var file)) {
            return file.topology();
        }
        throw new AssertionError(result.problem());
    }

    static Service service(String name, String... subsets) {
        var parts = new ArrayList<Subset>();
        for (var subset : subsets) {
            parts.add(
                    new Subset(
                            subset,
                            Map.of("version", subset),
                            List.of(new Endpoint("127.0.0.1:9000", null, 1))));
        }
        return new Service(
                new ServiceId(name),
                null,
                ServiceKind.SERVICE,
                List.of(new Port("http", 9080, Protocol.HTTP1)),
                parts,
                Traffic.NONE,
                null,
                null);
    }

    static Link link(String from, String to) {
        return new Link(LinkId.of(from, to), null, Traffic.NONE, null);
    }

    /** As many services and links as asked for, in layers, always the same. */
    static Topology layered(int services, int links) {
        var random = new Random(7);
        var all = new ArrayList<Service>();
        for (var i = 0; i < services; i++) {
            all.add(i % 3 == 0 ? service("service-" + i, "v1", "v2") : service("service-" + i));
        }
        var lines = new LinkedHashMap<LinkId, Link>();
        while (lines.size() < links) {
            var tree = lines.size() + 1;
            var to = tree < services ? tree : 1 + random.nextInt(services - 1);
            var from = tree < services ? (to - 1) / 3 : random.nextInt(to);
            var link = link("service-" + from, "service-" + to);
            lines.put(link.id(), link);
        }
        return Topology.of("layered", all, lines.values());
    }

    static LinkMetrics metrics(LinkId link, double rate, double errorShare, Instant seenAt) {
        var p99 = 0.004 + rate % 17 / 1000;
        var latency = new Latency(p99 / 3, p99 / 4, p99 / 1.2, p99, rate * 10);
        var items = Math.max(1, rate / 470);
        return new LinkMetrics(
                link.toString(),
                seenAt,
                new LinkTraffic(
                        rate,
                        rate * errorShare,
                        0,
                        0,
                        Map.of("v1", rate * 0.897, "v2", rate * 0.052, "v3", rate * 0.051),
                        List.of()),
                new LinkLatency(latency, latency, Map.of(), HistogramSnapshot.EMPTY),
                StageBreakdown.NONE,
                new Batching(rate, rate / items, items, Map.of(FlushReason.IDLE, rate / items), 0),
                new Wire(rate * 1000, rate * 1000 / (1 + items / 4)),
                CacheUse.NONE);
    }

    /** Numbers for every link and service. */
    static MeshSnapshot numbers(Topology topology, Instant at, Instant seenAt) {
        var random = new Random(at.getEpochSecond());
        var links = new LinkedHashMap<String, LinkMetrics>();
        for (var link : topology.links().values()) {
            var base = 4 * Math.pow(10, Math.floorMod(link.id().hashCode(), 4));
            var rate = base * (0.95 + 0.1 * random.nextDouble());
            links.put(link.id().toString(), metrics(link.id(), rate, 0.0002, seenAt));
        }
        return new MeshSnapshot(at, links, Map.of(), Map.of(), Map.of());
    }

    static MeshSnapshot with(MeshSnapshot snapshot, LinkMetrics... changed) {
        var links = new LinkedHashMap<>(snapshot.links());
        for (var metrics : changed) {
            links.put(metrics.link(), metrics);
        }
        return new MeshSnapshot(
                snapshot.at(), links, snapshot.services(), snapshot.proxies(), snapshot.cost());
    }

    static ServiceMetrics service(String name, double rate, double errorShare, Instant seenAt) {
        return new ServiceMetrics(
                name, seenAt, rate, errorShare, new Latency(0.003, 0.002, 0.008, 0.011, 100), 1);
    }
}
