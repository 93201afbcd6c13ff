package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.model.Topology;
import io.batchmesh.time.Clocks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command break-glass against a real admin endpoint. */
class BreakGlassCommandTest {
    private static final String TOPOLOGY =
            """
            { "format": "batchmesh/v1", "name": "shop",
              "services": [
                { "name": "page", "subsets": [ { "name": "v1",
                  "endpoints": [ { "address": "127.0.0.1:9080" } ] } ] },
                { "name": "reviews", "subsets": [ { "name": "v1",
                  "endpoints": [ { "address": "127.0.0.1:9081" } ] } ] } ],
              "links": [ { "from": "page", "to": "reviews" } ],
              "proxies": [
                { "name": "page-v1-1", "service": "page", "kind": "sidecar", "admin": "ADMIN" } ] }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final OkHttpClient http = new OkHttpClient();
    private final RunningAdmin admin = RunningAdmin.with(RunningAdmin.config("page-v1-1", 5));

    @TempDir private Path directory = Path.of(".");
    private Path file = Path.of("none");

    @BeforeEach
    void draw() throws IOException {
        var text = TOPOLOGY.replace("ADMIN", admin.uri().toString());
        file = Files.writeString(directory.resolve("shop.json"), text);
    }

    @AfterEach
    void stop() {
        admin.close();
        io.shutdownNow();
        timer.shutdownNow();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

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
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var console =
                new CommandContext.Console(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        false,
                        Map.of("XDG_RUNTIME_DIR", directory.toString(), "USER", "ann"));
        var context =
                new CommandContext(
                        console,
                        new Clocks(InstantSource.system(), System::nanoTime),
                        io,
                        timer,
                        () -> fail("no event loops needed"),
                        () -> http,
                        new NoDesktop(),
                        new StopSignal());
        var line = new java.util.ArrayList<>(List.of("break-glass"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--target", "drawn", "--file", file.toString()));
        return BatchmeshCommand.commandLine(context).execute(line.toArray(String[]::new));
    }

    @Test
    void oneCommandSwitchesBatchingOfALinkOffAndAnotherOnAgain() {
        assertEquals(
                ExitCode.DONE, run("batching", "page:reviews", "--expires", "30min"), err + "");
        var entry = admin.subject.overrides().getFirst();
        assertEquals(OverrideEntry.Kind.BATCHING_OFF, entry.kind());
        assertEquals("page->reviews", entry.subject());
        assertEquals("ann", entry.author());
        assertNotNull(entry.until());
        assertEquals(ExitCode.DONE, run("list"));
        assertTrue(out.toString().contains("page->reviews"), out.toString());
        assertEquals(ExitCode.DONE, run("batching", "page->reviews", "--undo", "--json"));
        assertTrue(out.toString().contains("\"done\""), out.toString());
        assertEquals(List.of(), admin.subject.overrides());
    }

    @Test
    void anEndpointIsTakenOutByItsAddressOrByItsPlace() {
        for (var which : List.of("127.0.0.1:15108", "reviews/v1", "reviews/v1/1")) {
            assertEquals(ExitCode.DONE, run("eject", which), which + err);
            var entry = admin.subject.overrides().getFirst();
            assertEquals("127.0.0.1:15108", entry.subject(), which);
            assertEquals(ExitCode.DONE, run("eject", which, "--undo"), which);
            assertEquals(List.of(), admin.subject.overrides(), which);
        }
    }

    @Test
    void whatThereIsNotIsSaidAndExitsWithOne() {
        assertEquals(ExitCode.INVALID, run("eject", "reviews/v1/2"));
        assertEquals(ExitCode.INVALID, run("eject", "reviews/v9"));
        assertEquals(ExitCode.INVALID, run("batching", "page->nobody"));
        assertEquals(ExitCode.USAGE, run("batching", "nonsense"));
        assertEquals(ExitCode.USAGE, run("eject"));
        assertEquals(ExitCode.USAGE, run("explode", "x"));
        assertEquals(ExitCode.USAGE, run("eject", "reviews/v1", "--expires", "soon"));
        assertEquals(List.of(), admin.subject.overrides());
    }

    @Test
    void aProxyThatIsGoneExitsWithSix() {
        admin.close();
        assertEquals(ExitCode.UNREACHABLE, run("batching", "page->reviews"));
        assertTrue(out.toString().contains("unreachable"), out.toString());
    }
}
