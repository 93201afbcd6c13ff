package io.batchmesh.ui.shell;

import io.batchmesh.metrics.Activity;
import io.batchmesh.metrics.Batching;
import io.batchmesh.metrics.CacheUse;
import io.batchmesh.metrics.FlushReason;
import io.batchmesh.metrics.HistogramSnapshot;
import io.batchmesh.metrics.Latency;
import io.batchmesh.metrics.LinkLatency;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.LinkTraffic;
import io.batchmesh.metrics.Mark;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyLoad;
import io.batchmesh.metrics.ProxyMetrics;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.ServiceMetrics;
import io.batchmesh.metrics.Stage;
import io.batchmesh.metrics.StageBreakdown;
import io.batchmesh.metrics.StageMetrics;
import io.batchmesh.metrics.TraceSample;
import io.batchmesh.metrics.Wire;
import io.batchmesh.model.AlertRule;
import io.batchmesh.model.Topology;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarTranslation;
import io.batchmesh.ui.SampleWorkspace;
import io.batchmesh.ui.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Some minutes of a mesh that was watched: a push at half time made its batches larger. */
final class SamplePast {
    private static final double[] BOUNDS = {
        0.0005,
        0.001,
        0.002,
        0.003,
        0.004,
        0.006,
        0.008,
        0.012,
        0.016,
        0.024,
        0.032,
        0.05,
        0.1,
        Double.POSITIVE_INFINITY
    };

    private final Topology topology;
    private final boolean staged;
    private final double errors;

    private SamplePast(Topology topology, boolean staged, double errors) {
        this.topology = topology;
        this.staged = staged;
        this.errors = errors;
    }

    /** All is well. */
    static Workspace calm(int seconds) {
        return new SamplePast(bookinfo(), true, 0).workspace(seconds);
    }

    /** Nothing is batched. */
    static Workspace stageless(int seconds) {
        return new SamplePast(bookinfo(), false, 0).workspace(seconds);
    }

    /** Every tenth request fails, and a proxy is silent. */
    static Workspace failing(int seconds) {
        return new SamplePast(bookinfo(), true, 0.1).workspace(seconds);
    }

    /** The same with rules for alerts. */
    static Workspace withRules(int seconds, List<AlertRule> rules) {
        return new SamplePast(bookinfo().withAlerts(rules), true, 0.1).workspace(seconds);
    }

    private static Topology bookinfo() {
        return SampleWorkspace.topology("bookinfo");
    }

    private Workspace workspace(int seconds) {
        var workspace = SampleWorkspace.of(topology);
        SampleWorkspace.run(workspace, SampleWorkspace.found(topology));
        for (int i = seconds - 1; i >= 0; i--) {
            workspace.observe(snapshot(SampleWorkspace.NOW.minusSeconds(i), i < seconds / 2));
        }
        workspace.past().mark(new Mark(SampleWorkspace.NOW.minusSeconds(seconds / 2), "push 7"));
        return workspace;
    }

    MeshSnapshot snapshot(Instant at, boolean after) {
        var links = new LinkedHashMap<String, LinkMetrics>();
        int number = 0;
        for (var link : topology.links().keySet()) {
            links.put(link.toString(), link(link.toString(), at, after, number++));
        }
        var services = new LinkedHashMap<String, ServiceMetrics>();
        for (var id : topology.services().keySet()) {
            var random = new SplittableRandom(at.getEpochSecond() * 31 + id.name().hashCode());
            double rate = 600 * wave(at) * (1 + 0.05 * random.nextGaussian());
            services.put(
                    id.name(),
                    new ServiceMetrics(
                            id.name(),
                            at,
                            rate,
                            errors / 2,
                            latency(0.004 * (1 + 0.1 * random.nextDouble()), rate),
                            1,
                            codes(rate, random)));
        }
        var cost =
                Map.of(
                        Activity.PROXY, 0.3 * wave(at),
                        Activity.MONITOR, 0.04,
                        Activity.MANAGE, 0.001);
        return new MeshSnapshot(at, links, services, proxies(at), cost);
    }

    private Map<String, ProxyMetrics> proxies(Instant at) {
        var proxies = new LinkedHashMap<String, ProxyMetrics>();
        for (var config : SidecarTranslation.configs(topology, AddressBook.AS_DRAWN)) {
            boolean dead = errors > 0 && config.proxy().startsWith("reviews-v3");
            var random = new SplittableRandom(at.getEpochSecond() * 7 + config.proxy().hashCode());
            var load =
                    new ProxyLoad(
                            800 * wave(at) + 20 * random.nextGaussian(),
                            errors * 80,
                            0.012 + 0.001 * random.nextGaussian(),
                            errors * 20,
                            2 + random.nextInt(3),
                            0);
            proxies.put(
                    config.proxy(),
                    new ProxyMetrics(
                            config.proxy(),
                            config.service(),
                            dead ? ProxyState.UNREACHABLE : ProxyState.LIVE,
                            dead ? SampleWorkspace.NOW.minusSeconds(35) : at,
                            dead ? "connection refused at 127.0.0.1:15090" : null,
                            "0123456789ab",
                            "17",
                            Map.of(
                                    Activity.PROXY, 0.2 + 0.02 * random.nextGaussian(),
                                    Activity.MONITOR, 0.01,
                                    Activity.MANAGE, 0.0),
                            load));
        }
        return proxies;
    }

    private static double wave(Instant at) {
        return 1 + 0.15 * Math.sin(at.getEpochSecond() / 20.0);
    }

    /** Now and then a request is traced. */
    private static List<TraceSample> traces(Instant at, double mean, SplittableRandom random) {
        var id = "%016x%016x".formatted(random.nextLong(), random.nextLong() | 1);
        double seconds = mean * (0.4 + 3 * random.nextDouble() * random.nextDouble());
        return at.getEpochSecond() % 11 == 0
                ? List.of(new TraceSample(seconds, id, at.toEpochMilli()))
                : List.of();
    }

    private Map<String, Double> codes(double rate, SplittableRandom random) {
        var codes = new LinkedHashMap<String, Double>();
        codes.put("200", rate * (1 - errors));
        if (errors > 0) {
            codes.put("404", 3 + random.nextDouble());
            codes.put("500", rate * errors * 0.3);
            codes.put("503", rate * errors * (0.5 + 0.1 * random.nextGaussian()));
            codes.put("504", rate * errors * 0.2);
        }
        return codes;
    }

    private static Latency latency(double mean, double count) {
        return new Latency(mean, mean * 0.8, mean * 2, mean * 3.1, count);
    }

    private LinkMetrics link(String link, Instant at, boolean after, int number) {
        var random = new SplittableRandom(at.getEpochSecond() * 131 + number);
        double rate = (400 + 150 * number) * wave(at) * (1 + 0.04 * random.nextGaussian());
        var stages = new EnumMap<Stage, StageMetrics>(Stage.class);
        double half = after ? 0.6 : 1;
        var means = new ArrayList<>(List.of(0.0024 * half, 0.0004, 0.0002, 0.0009, 0.0041 * half));
        double sum = 0;
        for (var stage : Stage.values()) {
            double mean = means.removeFirst() * (1 + 0.06 * random.nextGaussian());
            sum += mean;
            stages.put(stage, new StageMetrics(stage, rate, latency(mean, rate)));
        }
        var all = latency(sum * 1.013, rate);
        var traffic =
                new LinkTraffic(
                        rate,
                        errors * rate,
                        errors * rate * 0.3,
                        errors * rate * 0.2,
                        Map.of(),
                        errors > 0 ? List.of("127.0.0.1:9080") : List.of(),
                        codes(rate, random),
                        0,
                        errors > 0 ? List.of("127.0.0.1:9081") : List.of());
        var heat =
                new LinkLatency(
                        all,
                        staged ? all : Latency.NONE,
                        Map.of(),
                        heat(sum, rate),
                        traces(at, sum, random));
        if (!staged) {
            return new LinkMetrics(
                    link,
                    at,
                    traffic,
                    heat,
                    StageBreakdown.NONE,
                    Batching.NONE,
                    Wire.NONE,
                    CacheUse.NONE);
        }
        double batches = rate / (after ? 12.7 : 4.2);
        return new LinkMetrics(
                link,
                at,
                traffic,
                heat,
                StageBreakdown.of(stages, Map.of(), all),
                new Batching(
                        rate,
                        batches,
                        rate / batches,
                        Map.of(
                                FlushReason.LINGER, batches * (after ? 0.4 : 0.9),
                                FlushReason.SIZE, batches * (after ? 0.58 : 0.05),
                                FlushReason.IDLE, batches * 0.03,
                                FlushReason.DEADLINE, batches * 0.02),
                        3 + random.nextInt(4)),
                new Wire(rate * 700, rate * 700 / (after ? 4.2 : 3.1)),
                CacheUse.of(Map.of("hit", rate * 0.3, "miss", rate * 0.7)));
    }

    private static HistogramSnapshot heat(double mean, double rate) {
        var counts = new double[BOUNDS.length];
        for (int i = 0; i < BOUNDS.length; i++) {
            // Log-normal, about.
            double z = Math.log(BOUNDS[i] / (mean * 0.85)) / 0.55;
            counts[i] = 3 * rate / (1 + Math.exp(-1.702 * z));
        }
        return HistogramSnapshot.of(BOUNDS, counts, 3 * rate * mean);
    }
}
