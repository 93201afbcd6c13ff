package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.OverrideEntry;
import io.batchmesh.admin.RunningAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private final CommandRun shell = new CommandRun();
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
        shell.close();
    }

    private int run(String... arguments) {
        shell.clear();
        var line = new ArrayList<>(List.of("break-glass"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--target", "drawn", "--file", file.toString()));
        return shell.with("XDG_RUNTIME_DIR", directory)
                .with("USER", "ann")
                .run(line.toArray(String[]::new));
    }

    @Test
    void oneCommandSwitchesBatchingOfALinkOffAndAnotherOnAgain() {
        assertEquals(
                ExitCode.DONE, run("batching", "page:reviews", "--expires", "30min"), shell.err());
        var entry = admin.subject.overrides().getFirst();
        assertEquals(OverrideEntry.Kind.BATCHING_OFF, entry.kind());
        assertEquals("page->reviews", entry.subject());
        assertEquals("ann", entry.author());
        assertNotNull(entry.until());
        assertEquals(ExitCode.DONE, run("list"));
        assertTrue(shell.out().contains("page->reviews"), shell.out());
        assertEquals(ExitCode.DONE, run("batching", "page->reviews", "--undo", "--json"));
        assertTrue(shell.out().contains("\"done\""), shell.out());
        assertEquals(List.of(), admin.subject.overrides());
    }

    @Test
    void anEndpointIsTakenOutByItsAddressOrByItsPlace() {
        for (var which : List.of("127.0.0.1:15108", "reviews/v1", "reviews/v1/1")) {
            assertEquals(ExitCode.DONE, run("eject", which), which + shell.err());
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
        assertTrue(shell.out().contains("unreachable"), shell.out());
    }
}
