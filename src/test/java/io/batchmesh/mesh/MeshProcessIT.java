package io.batchmesh.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.target.LocalMesh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts real processes. */
class MeshProcessIT {
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void close() {
        io.shutdownNow();
    }

    private static int get(URI address) throws IOException {
        var request = new Request.Builder().url(address.toString()).build();
        try (var response = new OkHttpClient().newCall(request).execute()) {
            return response.code();
        }
    }

    @Test
    void aMeshRunsInAProcessOfItsOwnAndEndsWithUs() throws Exception {
        var process = MeshProcess.start(MeshLaunch.of(Small.file(directory)), io);
        var mesh = process.registration();
        assertTrue(process.running());
        assertEquals("small", mesh.name());
        assertEquals(4, mesh.proxies().size());
        assertEquals(200, get(mesh.entry()));
        assertEquals(200, get(mesh.proxies().getFirst().admin().resolve("/config")));
        process.close();
        assertFalse(process.running());
        assertEquals(0, process.onExit().get(1, TimeUnit.SECONDS));
        assertThrows(IOException.class, () -> get(mesh.entry()));
    }

    @Test
    void theChildEndsWhenItsParentIsKilled() throws Exception {
        var launch = MeshLaunch.of(Small.file(directory)).withRate(20.0);
        // The first holds the child's standard input, as the desktop does.
        var parent = new ProcessBuilder("tail", "-f", "/dev/null");
        var both =
                ProcessBuilder.startPipeline(List.of(parent, new ProcessBuilder(launch.command())));
        var child = both.getLast();
        try (var said =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            var line = said.readLine();
            var mesh = Objects.requireNonNull(LocalMesh.read(String.valueOf(line)), line);
            assertEquals(child.pid(), mesh.pid());
            both.getFirst().destroyForcibly();
            assertTrue(child.waitFor(15, TimeUnit.SECONDS), "it outlives its parent");
            assertEquals(0, child.exitValue());
        } finally {
            both.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void aMeshThatCannotRunSaysWhy() {
        var failure =
                assertThrows(
                        MeshFailure.class,
                        () -> MeshProcess.start(MeshLaunch.of(directory.resolve("no.json")), io));
        var said = String.valueOf(failure.getMessage());
        assertTrue(said.contains("there is no such file"), said);
    }
}
