package io.batchmesh.mesh;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.metrics.Stage;
import io.batchmesh.model.Link;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.ScrapeSettings;
import io.batchmesh.observe.ScrapeTarget;
import io.batchmesh.observe.Scraper;
import io.batchmesh.plan.DesiredDocuments;
import io.batchmesh.plan.Plan;
import io.batchmesh.plan.PlanBuilder;
import io.batchmesh.push.ProxyPush;
import io.batchmesh.push.PushLog;
import io.batchmesh.push.PushRequest;
import io.batchmesh.push.Pusher;
import io.batchmesh.push.Readback;
import io.batchmesh.push.Waves;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.ClientLimits;
import io.batchmesh.target.Environment;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.target.Reading;
import io.batchmesh.time.Clocks;
import io.batchmesh.translate.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningFleetTest {
    private static final Loops LOOPS = new Loops();
    private static final ExecutorService IO = Executors.newVirtualThreadPerTaskExecutor();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final Clocks CLOCKS = new Clocks(InstantSource.system(), System::nanoTime);
    private static final MeshParts PARTS = new MeshParts(LOOPS.group, CLOCKS, IO);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final LinkId STOCK = LinkId.of("shop", "stock");

    @TempDir private static Path directory;

    @AfterAll
    static void close() {
        IO.shutdownNow();
        LOOPS.close();
    }

    private static final AdminClient CLIENT = new AdminClient(HTTP, ClientLimits.DEFAULT, null);

    /** As another process would find it. */
    private static Environment found(RunningFleet fleet) {
        var text = fleet.registration("/t/small.json").json().toString();
        return requireNonNull(LocalMesh.read(text)).environment();
    }

    private static Plan plan(Topology topology, Environment environment) {
        var readings = new Readback(CLIENT, IO).read(environment);
        readings.forEach((proxy, r) -> assertInstanceOf(Reading.Got.class, r, proxy + ": " + r));
        var desired = DesiredDocuments.of(topology, environment.addresses());
        assertEquals(environment.proxies().size(), desired.size());
        return PlanBuilder.plan(desired, Readback.documents(readings));
    }

    @Test
    void aFleetIsWatchedPlannedPushedToAndReadBackLikeAnyMesh() throws Exception {
        var topology = Small.topology(directory);
        var settings = new FleetSettings(60, 3000.0, 1);
        try (var fleet = RunningFleet.start(topology, settings, PARTS)) {
            var environment = found(fleet);
            assertEquals(60, environment.proxies().size());
            assertTrue(plan(topology, environment).doable().isEmpty(), "all run what is drawn");
            var before = watched(environment, 3000, SOON);
            var changed = topology.with(lingering(topology, 25));
            push(changed, environment);
            assertTrue(plan(changed, environment).doable().isEmpty(), "all run what was pushed");
            new Readback(CLIENT, IO)
                    .statuses(environment)
                    .forEach((proxy, r) -> assertInstanceOf(Reading.Got.class, r, proxy + ""));
            check(before, 0.0045);
            check(watched(environment, 3000, SOON), 0.0225);
        }
    }

    private static Link lingering(Topology topology, int millis) {
        var link = requireNonNull(topology.link(STOCK));
        return link.withBatch(link.window().withLinger(Duration.ofMillis(millis)));
    }

    private static void push(Topology changed, Environment environment) throws Exception {
        var plan = plan(changed, environment);
        long callers =
                environment.proxies().stream()
                        .filter(p -> p.service().name().equals("shop"))
                        .count();
        assertEquals(callers, plan.doable().size(), "those who call over the link");
        var request = new PushRequest(environment, plan, Waves.ALL, "ann", Revision.of(changed));
        var log = new PushLog(directory.resolve("state"));
        var end = new Pusher(CLIENT, IO, CLOCKS, log).push(request, p -> {});
        assertTrue(end.isComplete(), () -> end.proxies().toString());
        assertEquals(callers, end.count(ProxyPush.State.ACKED));
    }

    /** What the product's scraper sees of it, once the first readings of cold servers are past. */
    private static MeshSnapshot watched(Environment environment, double rate, Duration within)
            throws InterruptedException {
        var targets =
                environment.proxies().stream()
                        .map(p ->
                                new ScrapeTarget(p.name().name(), p.service().name(), p.metrics()))
                        .toList();
        var seen = new AtomicReference<>(MeshSnapshot.EMPTY);
        try (var scraper = new Scraper(ScrapeSettings.DEFAULT, targets, CLOCKS, IO, HTTP)) {
            scraper.start(seen::set);
            Await.until(
                    "the rate of the file, from all proxies",
                    within,
                    () -> {
                        var snapshot = seen.get();
                        var link = snapshot.link(STOCK.toString());
                        return snapshot.proxies().size() == targets.size()
                                && link != null
                                && Math.abs(link.requestsPerSecond() / rate - 1) < 0.2
                                && snapshot.proxies().values().stream()
                                        .allMatch(p -> p.state() == ProxyState.LIVE);
                    });
        }
        return seen.get();
    }

    /** The link carries what the file says, and its stages add up. */
    private static void check(MeshSnapshot snapshot, double leastCollect) {
        var link = requireNonNull(snapshot.link(STOCK.toString()));
        double collect = link.stage(Stage.COLLECT).latency().mean();
        assertTrue(collect > leastCollect / 2 && collect < leastCollect * 2, "collect: " + collect);
        double mean = link.latency().batched().mean();
        assertTrue(Math.abs(link.breakdown().unexplainedMean()) < 0.02 * mean + 50e-6);
        assertTrue(link.batching().meanItems() > 1, "items: " + link.batching().meanItems());
    }

    @Test
    void theSameSeedAndClockGiveTheSameFigures() throws Exception {
        assertEquals(figures(7), figures(7));
        assertNotEquals(figures(7), figures(8), "another seed, other figures");
    }

    private static String figures(long seed) throws Exception {
        var nanos = new AtomicLong();
        var parts = new MeshParts(LOOPS.group, new Clocks(InstantSource.system(), nanos::get), IO);
        var topology = Small.topology(directory);
        try (var fleet = RunningFleet.start(topology, new FleetSettings(5, null, seed), parts)) {
            nanos.addAndGet(10_000_000_000L);
            var text = new StringBuilder();
            for (var proxy : found(fleet).proxies()) {
                text.append(counters(proxy.metrics().toString()));
            }
            return text.toString();
        }
    }

    private static String counters(String address) throws Exception {
        try (var response = HTTP.newCall(new Request.Builder().url(address).build()).execute()) {
            assertEquals(200, response.code());
            return String.join(
                    "\n",
                    response.body()
                            .string()
                            .lines()
                            .filter(l ->
                                    l.startsWith("batchmesh_requests_total")
                                            || l.startsWith("batchmesh_stage_duration_seconds_sum"))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void fewerProxiesThanEndpointsAreRefusedInWordsThatSayHowMany() throws Exception {
        var topology = Small.topology(directory);
        var failure =
                assertThrows(
                        MeshFailure.class,
                        () -> RunningFleet.start(topology, new FleetSettings(3, null, 1), PARTS));
        assertTrue(
                String.valueOf(failure.getMessage()).contains("fleet of 4 or more"), "" + failure);
    }

    @Test
    @Tag("stress")
    void aThousandProxiesAreWatchedAndPushedTo() throws Exception {
        var topology = Small.topology(directory);
        var settings = new FleetSettings(1000, 50_000.0, 1);
        try (var fleet = RunningFleet.start(topology, settings, PARTS)) {
            var environment = found(fleet);
            var snapshot = watched(environment, 50_000, Duration.ofSeconds(90));
            assertEquals(1000, snapshot.proxies().size());
            push(topology.with(lingering(topology, 25)), environment);
        }
    }
}
