package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.target.LocalMeshes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command tap on a local mesh that carries traffic. */
class TapCommandTest {
    private static final String SERVICE =
            """
            { "name": "%s", "kind": "%s",
              "ports": [ { "name": "http", "port": 80, "protocol": "http1" } ],
              "subsets": [ { "name": "v1", "endpoints": [ { "address": "10.0.0.1:80" } ] } ],
              "simulation": { "serviceTime": "%s", "responseBytes": "1KiB" } }
            """;
    private static final String TOPOLOGY =
            """
            { "format": "batchmesh/v1", "name": "tiny",
              "services": [ %s, %s, %s ],
              "links": [
                { "from": "door", "to": "shop",
                  "batch": { "policy": "fixed", "linger": "4ms" },
                  "simulation": { "rate": 60 } },
                { "from": "shop", "to": "stock", "batch": { "policy": "off" } } ] }
            """
                    .formatted(
                            SERVICE.formatted("door", "gateway", "0s"),
                            SERVICE.formatted("shop", "service", "2ms"),
                            SERVICE.formatted("stock", "service", "1ms"));

    private final CommandRun mesh = new CommandRun(2);
    private final CommandRun shell = new CommandRun();

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void shutDown() {
        shell.close();
        mesh.close();
    }

    private int run(String... arguments) {
        shell.clear();
        return shell.with("XDG_STATE_HOME", directory).run(arguments);
    }

    @Test
    void requestsOfALinkAreShownAsTextAsLinesAndAsOneDocument() throws Exception {
        var file = Files.writeString(directory.resolve("tiny.json"), TOPOLOGY).toString();
        var exit = mesh.with("XDG_STATE_HOME", directory).start("mesh", file);
        var meshes = LocalMeshes.in(directory.resolve("batchmesh/run"));
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (meshes.list().isEmpty() && System.nanoTime() - patience < 0) {
            mesh.stop().await(Duration.ofMillis(20));
        }
        assertEquals(0, run("tap", "--link", "door:shop", "--count", "3", "--json"), shell.err());
        var requests = shell.json().get("requests");
        assertEquals(3, requests.size());
        for (var request : requests) {
            assertEquals("door->shop", request.get("link").asString());
            assertEquals("batched", request.get("way").asString());
            assertEquals("linger", request.get("batch").get("reason").asString());
            double sum = 0;
            for (var stage : request.get("stages")) {
                sum += stage.asDouble();
            }
            assertEquals(request.get("duration").asDouble(), sum, 1e-8, request::toString);
        }
        assertEquals(0, run("tap", "--link", "shop->stock", "--count", "2", "--ndjson"));
        assertEquals(2, shell.out().lines().count(), shell.out());
        assertTrue(shell.out().lines().allMatch(l -> l.contains("\"plain\"")), shell.out());
        assertEquals(0, run("tap", "--count", "1", "--slower", "1us"));
        assertTrue(shell.out().contains("send "), shell.out());
        assertTrue(shell.err().contains("1 requests shown"), shell.err());
        assertEquals(0, run("tap", "--code", "5xx", "--time", "1s"));
        assertEquals("", shell.out());
        mesh.stop().raise();
        assertEquals(0, exit.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whatCannotBeTappedIsSaid() throws Exception {
        assertEquals(ExitCode.USAGE, run("tap", "--show", "cookie"));
        assertTrue(shell.err().contains("may hold a credential"), shell.err());
        assertEquals(ExitCode.USAGE, run("tap", "--slower", "much"));
        assertTrue(shell.err().contains("--slower:"), shell.err());
        assertEquals(ExitCode.USAGE, run("tap", "--count", "0"));
        try (var admin = RunningAdmin.with(RunningAdmin.config("page-v1-1", 5))) {
            var text =
                    """
                    { "format": "batchmesh/v1", "name": "shop",
                      "services": [
                        { "name": "page", "subsets": [ { "name": "v1",
                          "endpoints": [ { "address": "127.0.0.1:9080" } ] } ] } ],
                      "proxies": [
                        { "name": "page-v1-1", "service": "page", "kind": "sidecar",
                          "admin": "ADMIN" } ] }
                    """
                            .replace("ADMIN", admin.uri().toString());
            var file = Files.writeString(directory.resolve("page.json"), text).toString();
            assertEquals(ExitCode.UNREACHABLE, run("tap", file, "--target", "drawn"));
            assertTrue(shell.err().contains("cannot be tapped"), shell.err());
            assertFalse(shell.err().contains("unreachable"), shell.err());
            var none = run("tap", file, "--target", "drawn", "--link", "other->page");
            assertEquals(ExitCode.INVALID, none);
        }
    }
}
