package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.target.LocalMeshes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private final CommandRun shell = new CommandRun(2);

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void shutDown() {
        shell.close();
    }

    private int run(String... arguments) {
        return shell.with("XDG_STATE_HOME", directory).run(arguments);
    }

    private String file() throws IOException {
        return Files.writeString(directory.resolve("tiny.json"), TOPOLOGY).toString();
    }

    @Test
    void theStagesOfEachLinkAddUpToItsMeanAndTheCallersClockAgrees() throws Exception {
        assertEquals(0, run("mesh", file(), "--duration", "4s", "--json"), shell.err());
        var links = shell.json().get("links");
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
        assertEquals(mean, caller.get("mean").asDouble(), Math.max(0.1 * mean, 0.005), shell.out());
        assertEquals(0, caller.get("wrong").asInt());
    }

    @Test
    void aRunningMeshIsKnownUntilItIsStoppedAndThenPrintsARowPerLinkAndStage() throws Exception {
        var file = file();
        var exit = shell.with("XDG_STATE_HOME", directory).start("mesh", file);
        var meshes = LocalMeshes.in(directory.resolve("batchmesh/run"));
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (meshes.list().isEmpty() && System.nanoTime() - patience < 0) {
            shell.stop().await(Duration.ofMillis(20));
        }
        var mesh = meshes.list().getFirst();
        assertEquals("tiny", mesh.name());
        assertEquals(file, mesh.topology());
        assertEquals(3, mesh.proxies().size());
        shell.stop().raise();
        assertEquals(0, exit.get(20, TimeUnit.SECONDS));
        assertEquals(List.of(), meshes.list());
        for (var stage : List.of("collect", "combine", "cache", "compress", "send")) {
            assertTrue(shell.out().contains("shop->stock  " + stage), shell.out());
        }
    }

    @Test
    void whatCannotRunIsSaidInOneLineWithItsExitCode() throws Exception {
        assertEquals(1, run("mesh", directory.resolve("none.json").toString()));
        assertTrue(shell.err().contains("there is no such file"), shell.err());
        assertEquals(2, run("mesh", file(), "--duration", "1ms"));
        assertEquals(2, run("mesh", file(), "--rate", "-1"));
        assertEquals(2, run("mesh", file(), "--engine", "envoy"));
        assertEquals(2, run("mesh", file(), "--fleet", "0"));
        assertEquals(1, run("mesh", file(), "--fleet", "1"));
        assertTrue(shell.err().contains("ask for a fleet of"), shell.err());
        var broken = Files.writeString(directory.resolve("broken.json"), "{ \"format\": 3 }");
        assertEquals(1, run("mesh", broken.toString()));
        assertTrue(shell.err().contains("broken.json:1:"), shell.err());
    }

    @Test
    void aFleetIsMeasuredLikeAMeshWithoutCallers() throws Exception {
        assertEquals(0, run("mesh", file(), "--fleet", "12", "--duration", "4s", "--json"));
        assertTrue(shell.err().contains("12 simulated proxies answer"), shell.err());
        assertTrue(shell.out().contains("\"link\": \"shop->stock\""), shell.out());
        assertFalse(shell.out().contains("generator"), shell.out());
    }
}
