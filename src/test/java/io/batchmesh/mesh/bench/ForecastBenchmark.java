package io.batchmesh.mesh.bench;

import com.sun.management.OperatingSystemMXBean;
import io.batchmesh.forecast.Costs;
import io.batchmesh.forecast.Forecast;
import io.batchmesh.forecast.Forecaster;
import io.batchmesh.forecast.MeasuredLoad;
import io.batchmesh.forecast.Queues;
import io.batchmesh.mesh.MeshFailure;
import io.batchmesh.mesh.MeshParts;
import io.batchmesh.mesh.MeshSettings;
import io.batchmesh.mesh.RunningMesh;
import io.batchmesh.metrics.LinkMetrics;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.ScrapeSettings;
import io.batchmesh.observe.ScrapeTarget;
import io.batchmesh.observe.Scraper;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.BatchWindow.Policy;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Runs a link in the local mesh (real sidecars, open-loop Poisson arrivals) at rates from 100 to
 * 5,000 per second and holds what is forecast of it, from what is measured of the service and the
 * wire, against what is measured of the wait, the batches and the latency. Writes {@code
 * forecast.md} beside the other benchmarks' reports.
 */
public final class ForecastBenchmark {
    private static final LinkId LINK = LinkId.of("door", "shop");
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final String TOPOLOGY =
            """
            { "format": "batchmesh/v1", "name": "forecast",
              "services": [
                { "name": "door", "kind": "gateway",
                  "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "labels": {}, "endpoints": [ { "address": "10.0.0.1:80" } ] } ] },
                { "name": "shop", "kind": "service",
                  "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "labels": {}, "endpoints": [ { "address": "10.0.0.2:80" } ] } ],
                  "simulation": { "serviceTime": "4ms", "responseBytes": "512B" } } ],
              "links": [ { "from": "door", "to": "shop", "simulation": { "rate": 100 } } ] }
            """;

    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    2,
                    Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final Clocks clocks = new Clocks(InstantSource.system(), System::nanoTime);
    private final OkHttpClient http = new OkHttpClient();
    private final Topology topology;
    private final int seconds;
    private final StringBuilder report = new StringBuilder();

    private ForecastBenchmark(Topology topology, int seconds) {
        this.topology = topology;
        this.seconds = seconds;
    }

    /** With the folder for the report. */
    public static void main(String[] args) throws IOException, MeshFailure, InterruptedException {
        var folder = Files.createDirectories(Path.of(args[0]));
        var file = Files.writeString(folder.resolve("forecast.json"), TOPOLOGY);
        if (!(TopologyFile.load(file) instanceof LoadResult.Loaded loaded)) {
            throw new IllegalStateException("the topology is not read");
        }
        var quick = Boolean.getBoolean("bench.quick");
        var benchmark = new ForecastBenchmark(loaded.file().topology(), quick ? 4 : 12);
        int status = 1;
        try {
            benchmark.run(quick);
            Files.writeString(folder.resolve("forecast.md"), benchmark.report);
            status = 0;
        } finally {
            // Threads of the mesh would keep the process.
            System.exit(status);
        }
    }

    private void run(boolean quick) throws MeshFailure, InterruptedException {
        line(
                "| window | requests/s | mean wait ms | forecast | items a batch | forecast | p50 ms | forecast | of all processors | |");
        line("|---|---|---|---|---|---|---|---|---|---|");
        measure(fixed(2, 64), 1_000, false);
        var rates =
                quick
                        ? new int[] {100, 1_000, 3_000}
                        : new int[] {100, 300, 1_000, 2_000, 3_000, 5_000};
        for (var window : windows()) {
            for (int rate : rates) {
                measure(window, rate, true);
            }
        }
    }

    private static List<BatchWindow> windows() {
        return List.of(fixed(2, 64), fixed(5, 8), BatchWindow.DEFAULT.withPolicy(Policy.AUTO));
    }

    private static BatchWindow fixed(int millis, int items) {
        return BatchWindow.DEFAULT
                .withPolicy(Policy.FIXED)
                .withLinger(Duration.ofMillis(millis))
                .withMaxItems(items);
    }

    private void measure(BatchWindow window, int rate, boolean told)
            throws MeshFailure, InterruptedException {
        var drawn = topology.with(Objects.requireNonNull(topology.link(LINK)).withBatch(window));
        var settings = MeshSettings.DEFAULT.withRate((double) rate);
        try (var mesh = RunningMesh.start(drawn, settings, new MeshParts(loops, clocks, io))) {
            while (!mesh.risen()) {
                Thread.sleep(100);
            }
            Thread.sleep(2_000);
            long cpu = MACHINE.getProcessCpuTime();
            long begun = System.nanoTime();
            var seen = Objects.requireNonNull(watch(mesh).link(LINK.toString()));
            double used =
                    (MACHINE.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
            if (told) {
                tell(window, seen, forecast(drawn, window, seen), used);
            }
        }
    }

    private static Forecast forecast(Topology drawn, BatchWindow window, LinkMetrics seen) {
        var queues = Queues.of(drawn, LINK, seen);
        var load = Objects.requireNonNull(MeasuredLoad.of(seen, false, queues));
        return new Forecaster(Costs.USUAL).forecast(load, window);
    }

    /** One snapshot over all the time of the measurement. */
    private MeshSnapshot watch(RunningMesh mesh) throws InterruptedException {
        var base = ScrapeSettings.DEFAULT;
        var settings =
                new ScrapeSettings(
                        Duration.ofSeconds(1),
                        base.deadline(),
                        seconds + 1,
                        base.patience(),
                        base.concurrency(),
                        base.limits(),
                        Duration.ZERO);
        var targets =
                mesh.registration("").environment().proxies().stream()
                        .map(p ->
                                new ScrapeTarget(p.name().name(), p.service().name(), p.metrics()))
                        .toList();
        var snapshots = new SynchronousQueue<MeshSnapshot>();
        var taken = new ArrayList<MeshSnapshot>();
        try (var scraper = new Scraper(settings, targets, clocks, io, http)) {
            scraper.start(snapshots::offer);
            while (taken.size() <= seconds) {
                var next = snapshots.poll(5, TimeUnit.SECONDS);
                taken.add(Objects.requireNonNull(next, "no snapshot came"));
            }
        }
        return taken.getLast();
    }

    private void tell(BatchWindow window, LinkMetrics seen, Forecast told, double used) {
        double wait = seen.stage(Stage.COLLECT).latency().mean() * 1e3;
        double items = seen.batching().meanItems();
        double p50 = seen.latency().batched().p50() * 1e3;
        double share = used / MACHINE.getAvailableProcessors();
        boolean waits = within(wait, told.meanWait() * 1e3, 0.1, 0.2);
        boolean fills = within(items, told.itemsPerBatch(), 0.1, 0);
        boolean middle = within(p50, told.p50() * 1e3, 0.15, 0);
        var verdict =
                share > 0.6 ? "over 60 %" : waits && fills && middle ? "bar met" : "bar missed";
        line(
                "| %s | %.0f | %.3f | %.3f | %.2f | %.2f | %.2f | %.2f | %.0f %% | %s |",
                window.policy() == Policy.AUTO
                        ? "auto"
                        : "%d ms, %d".formatted(window.linger().toMillis(), window.maxItems()),
                seen.requestsPerSecond(),
                wait,
                told.meanWait() * 1e3,
                items,
                told.itemsPerBatch(),
                p50,
                told.p50() * 1e3,
                share * 100,
                verdict);
    }

    private static boolean within(double seen, double told, double share, double least) {
        return Math.abs(seen - told) <= Math.max(least, share * seen);
    }

    private void line(String format, Object... values) {
        var line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        report.append(line).append('\n');
        System.out.println(line);
    }
}
