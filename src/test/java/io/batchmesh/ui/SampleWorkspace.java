package io.batchmesh.ui;

import io.batchmesh.config.ProxyConfig;
import io.batchmesh.document.DocumentId;
import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.ServiceMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.StageMetrics;
import io.batchmesh.metrics.Wire;
import io.batchmesh.model.ServiceId;
import io.batchmesh.model.Topology;
import io.batchmesh.plan.PlanBuilder;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.policy.Route;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.time.Clocks;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.Documents;
import io.batchmesh.translate.SidecarTranslation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workspace on a sample topology, with proxies that run it and numbers that were seen. */
public final class SampleWorkspace {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private SampleWorkspace() {}

    public static Topology topology(String name) {
        var path = Path.of("sample-topologies", name + ".json");
        if (TopologyFile.load(path) instanceof LoadResult.Loaded loaded) {
            return loaded.file().topology();
        }
        throw new IllegalStateException("no sample " + path);
    }

    /** Nothing runs, nothing is seen. */
    public static Workspace of(Topology topology) {
        var clocks = new Clocks(() -> NOW, () -> 0);
        return new Workspace(topology, Path.of(topology.name() + ".json"), clocks);
    }

    /** Everything runs as the given topology has it; the difference is kept up to date. */
    public static Workspace running(Topology topology) {
        var workspace = of(topology);
        run(workspace, found(topology));
        workspace.observe(numbers(topology, topology, NOW));
        return workspace;
    }

    public static Map<DocumentId, RunningDocument> found(Topology topology) {
        var running = new LinkedHashMap<DocumentId, RunningDocument>();
        for (var config : configs(topology)) {
            var document = Documents.of(config);
            running.put(document.id(), new RunningDocument.Present(document));
        }
        return running;
    }

    private static List<ProxyConfig> configs(Topology topology) {
        return SidecarTranslation.configs(topology, AddressBook.AS_DRAWN);
    }

    /** Says what runs, now and after each edit. */
    public static void run(Workspace workspace, Map<DocumentId, RunningDocument> running) {
        workspace.revisionProperty().subscribe(r -> plan(workspace, running));
    }

    private static void plan(Workspace workspace, Map<DocumentId, RunningDocument> running) {
        var desired = Documents.of(configs(workspace.topology()));
        var plan = PlanBuilder.plan(desired, running);
        var revision = workspace.revisionProperty().get();
        workspace.deploymentProperty().set(new Deployment(running, plan, revision));
    }

    /** Numbers of a mesh that runs one topology while another one is drawn. */
    public static MeshSnapshot numbers(Topology drawn, Topology runs, Instant seenAt) {
        var links = new LinkedHashMap<String, LinkMetrics>();
        for (var link : drawn.links().values()) {
            var split = new LinkedHashMap<String, Double>();
            var callee = runs.services().get(link.id().to());
            var routes = callee == null ? List.<Route>of() : callee.traffic().routes();
            if (!routes.isEmpty()) {
                routes.getLast()
                        .split()
                        .forEach((s, w) -> split.put(s, w * 61.2 * (1 - w / 30_000.0)));
            }
            links.put(link.id().toString(), link(link.id().toString(), split, seenAt));
        }
        var services = new LinkedHashMap<String, ServiceMetrics>();
        for (ServiceId id : drawn.services().keySet()) {
            services.put(
                    id.name(),
                    new ServiceMetrics(id.name(), seenAt, 6120, 0.0002, latency(0.0031), 1));
        }
        var cost = Map.of(Activity.PROXY, 0.31, Activity.MONITOR, 0.02, Activity.MANAGE, 0.001);
        return new MeshSnapshot(NOW, links, services, proxies(drawn), cost);
    }

    private static Map<String, ProxyMetrics> proxies(Topology topology) {
        var proxies = new LinkedHashMap<String, ProxyMetrics>();
        for (var config : configs(topology)) {
            var version = Documents.of(config).version().text();
            boolean dead = config.proxy().startsWith("reviews-v3");
            proxies.put(
                    config.proxy(),
                    new ProxyMetrics(
                            config.proxy(),
                            config.service(),
                            dead ? ProxyState.UNREACHABLE : ProxyState.LIVE,
                            dead ? NOW.minusSeconds(35) : NOW,
                            dead ? "connection refused at 127.0.0.1:15090" : null,
                            version,
                            "17",
                            Map.of()));
        }
        return proxies;
    }

    private static Latency latency(double mean) {
        return new Latency(mean, mean * 0.8, mean * 2, mean * 3.1, 6120);
    }

    private static LinkMetrics link(String link, Map<String, Double> split, Instant seenAt) {
        var stages = new EnumMap<Stage, StageMetrics>(Stage.class);
        var means = new ArrayList<>(List.of(0.0024, 0.0004, 0.0001, 0.0009, 0.0031));
        for (var stage : Stage.values()) {
            stages.put(stage, new StageMetrics(stage, 6120, latency(means.removeFirst())));
        }
        var batched = latency(0.007);
        return new LinkMetrics(
                link,
                seenAt,
                new LinkTraffic(6120, 1, 0, 0, split, List.of()),
                new LinkLatency(
                        batched, batched, Map.of("batched", batched), HistogramSnapshot.EMPTY),
                StageBreakdown.of(stages, Map.of(), batched),
                new Batching(6080, 479, 12.7, Map.of(FlushReason.LINGER, 479.0), 3),
                new Wire(4_200_000, 1_000_000),
                CacheUse.NONE);
    }
}
