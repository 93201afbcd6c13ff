package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Topology;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.target.LocalMeshes;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MeshCommandTest {
    private static final String SERVICE =
            """
            { "name": "%s", "kind": "%s",
              "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
              "subsets": [ { "name": "v1", "labels": {},
                             "endpoints": [ { "address": "10.0.0.1:80" } ] } ],
              "simulation": { "serviceTime": "%s", "responseBytes": "1KiB" } }
            """;
    private static final String TOPOLOGY =
            """
            { "format": "batchmesh/v1", "name": "tiny",
              "services": [ %s, %s, %s ],
              "links": [
                { "from": "door", "to": "shop",
                  "batch": { "policy": "auto" },
                  "simulation": { "rate": 60 } },
                { "from": "shop", "to": "stock",
                  "batch": { "policy": "fixed", "linger": "8ms", "maxItems": 32 },
                  "simulation": { "calls": 2, "delay": "3ms", "bandwidth": "50Mbit" } } ] }
            """
                    .formatted(
                            SERVICE.formatted("door", "gateway", "0s"),
                            SERVICE.formatted("shop", "service", "5ms"),
                            SERVICE.formatted("stock", "service", "15ms"));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final EventLoopGroup loops = Transport.newLoops(2, new DefaultThreadFactory("loop"));
    private final OkHttpClient http = new OkHttpClient();
    private final StopSignal stop = new StopSignal();

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void shutDown() {
        io.shutdownNow();
        timer.shutdownNow();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Stands where no desktop may be opened. */
    private record NoDesktop() implements Desktop {
        @Override
        public int open(OpenRequest request, CommandContext context) {
            return fail("no desktop here");
        }

        @Override
        public void render(Topology topology, Path picture, boolean light) {
            fail("no desktop here");
        }
    }

    private int run(String... arguments) {
        var console =
                new CommandContext.Console(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        false,
                        Map.of("XDG_STATE_HOME", directory.toString()));
        var context =
                new CommandContext(
                        console,
                        new Clocks(InstantSource.system(), System::nanoTime),
                        io,
                        timer,
                        () -> loops,
                        () -> http,
                        new NoDesktop(),
                        stop);
        return BatchmeshCommand.commandLine(context).execute(arguments);
    }

    private String file() throws IOException {
        return Files.writeString(directory.resolve("tiny.json"), TOPOLOGY).toString();
    }

    private JsonNode document() {
        return switch (JsonDocument.parse(out.toString().getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok ok -> ok.document().root();
            case Parsed.Bad bad -> fail(bad + ": " + out);
        };
    }

    @Test
    void theStagesOfEachLinkAddUpToItsMeanAndTheCallersClockAgrees() throws Exception {
        assertEquals(0, run("mesh", file(), "--duration", "4s", "--json"), err::toString);
        var links = document().get("links");
        assertEquals(2, links.size());
        assertEquals("door->shop", links.get(0).get("link").asString());
        for (var link : links) {
            assertTrue(link.get("itemsPerSecond").asDouble() > 0, link::toString);
            assertTrue(link.get("batchesPerSecond").asDouble() > 0, link::toString);
            double mean = link.get("mean").asDouble();
            double sum = 0;
            for (var stage : List.of("collect", "combine", "cache", "compress", "send")) {
                var figures = link.get("stages").get(stage);
                sum += figures.get("mean").asDouble();
                assertTrue(figures.get("p99").isNumber(), link::toString);
            }
            assertEquals(mean, sum, Math.max(0.05 * mean, 0.0001), link::toString);
            assertEquals(mean - sum, link.get("unexplained").asDouble(), 1e-6, link::toString);
        }
        var slow = links.get(1);
        assertTrue(slow.get("mean").asDouble() >= 0.021, "3 ms, 15 ms, 3 ms: " + slow);
        var caller = links.get(0).get("generator");
        double mean = links.get(0).get("mean").asDouble();
        assertEquals(
                mean, caller.get("mean").asDouble(), Math.max(0.1 * mean, 0.005), out::toString);
        assertEquals(0, caller.get("wrong").asInt());
    }

    @Test
    void aRunningMeshIsKnownUntilItIsStoppedAndThenPrintsARowPerLinkAndStage() throws Exception {
        var file = file();
        var exit = CompletableFuture.supplyAsync(() -> run("mesh", file), io);
        var meshes = LocalMeshes.in(directory.resolve("batchmesh/run"));
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (meshes.list().isEmpty() && System.nanoTime() - patience < 0) {
            stop.await(Duration.ofMillis(20));
        }
        var mesh = meshes.list().getFirst();
        assertEquals("tiny", mesh.name());
        assertEquals(file, mesh.topology());
        assertEquals(3, mesh.proxies().size());
        stop.raise();
        assertEquals(0, exit.get(20, TimeUnit.SECONDS));
        assertEquals(List.of(), meshes.list());
        for (var stage : List.of("collect", "combine", "cache", "compress", "send")) {
            assertTrue(out.toString().contains("shop->stock  " + stage), out.toString());
        }
    }

    @Test
    void whatCannotRunIsSaidInOneLineWithItsExitCode() throws Exception {
        assertEquals(1, run("mesh", directory.resolve("none.json").toString()));
        assertTrue(err.toString().contains("there is no such file"), err.toString());
        assertEquals(2, run("mesh", file(), "--duration", "1ms"));
        assertEquals(2, run("mesh", file(), "--rate", "-1"));
        assertEquals(2, run("mesh", file(), "--engine", "envoy"));
        var broken = Files.writeString(directory.resolve("broken.json"), "{ \"format\": 3 }");
        assertEquals(1, run("mesh", broken.toString()));
        assertTrue(err.toString().contains("broken.json:1:"), err.toString());
    }
}
