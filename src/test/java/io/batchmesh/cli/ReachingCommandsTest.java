package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Fault;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.Topology;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.target.LocalMeshes;
import io.batchmesh.target.Stranger;
import io.batchmesh.translate.AddressBook;
import io.batchmesh.translate.SidecarTranslation;
import io.batchmesh.translate.Sidecars;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands plan, push and status against real admin endpoints. */
class ReachingCommandsTest {
    private static final String TOPOLOGY =
            """
            { "format": "batchmesh/v1", "name": "shop",
              "services": [
                { "name": "page", "kind": "gateway",
                  "ports": [ { "name": "http", "port": 9080, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "endpoints": [ { "address": "127.0.0.1:9080" } ] } ] },
                { "name": "cart",
                  "ports": [ { "name": "http", "port": 9081, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "endpoints": [ { "address": "127.0.0.1:9081" } ] } ] } ],
              "links": [
                { "from": "page", "to": "cart", "batch": { "policy": "fixed", "linger": "5ms" } } ],
              "proxies": [
                { "name": "page-v1-1", "service": "page", "kind": "sidecar",
                  "admin": "ADMIN" } ] }
            """;

    private final CommandRun shell = new CommandRun();
    private final Map<String, RunningAdmin> admins = new LinkedHashMap<>();
    private final Map<ProxyId, URI> addresses = new LinkedHashMap<>();

    @TempDir private Path directory = Path.of(".");
    private String typed = "";

    /** Whether somebody else types, at another workstation. */
    private boolean colleague;

    @BeforeEach
    void startProxies() throws IOException {
        var topology = topology(file("start.json", TOPOLOGY));
        for (var config : SidecarTranslation.configs(topology, book(topology))) {
            var admin = RunningAdmin.with(config);
            admins.put(config.proxy(), admin);
            addresses.put(new ProxyId(config.proxy()), admin.uri());
        }
    }

    @AfterEach
    void stop() {
        admins.values().forEach(RunningAdmin::close);
        shell.close();
    }

    private static Topology topology(Path file) {
        return assertInstanceOf(LoadResult.Loaded.class, TopologyFile.load(file)).file().topology();
    }

    private static AddressBook book(Topology topology) {
        var sites = new LinkedHashMap<ProxyId, AddressBook.Site>();
        int port = 15000;
        for (var site : Sidecars.of(topology)) {
            var outbound = "127.0.0.1:" + port++;
            var inbound = "127.0.0.1:" + port++;
            var endpoint = site.endpoint().address();
            sites.put(site.proxy(), new AddressBook.Site(outbound, inbound, endpoint));
        }
        return new AddressBook(sites, Map.of());
    }

    /** Makes the proxies known as a local mesh. */
    private LocalMeshes.Registration register(String name) throws IOException {
        var topology = topology(file("start.json", TOPOLOGY));
        var entry = URI.create("http://127.0.0.1:15000");
        var pid = ProcessHandle.current().pid();
        var origin = new LocalMesh.Origin(name, pid, entry, "shop.json");
        var mesh = LocalMesh.of(origin, Sidecars.of(topology), book(topology), addresses);
        return LocalMeshes.in(directory.resolve("batchmesh")).register(mesh);
    }

    private Path file(String name, String text) throws IOException {
        var admin = addresses.getOrDefault(new ProxyId("page-v1-1"), URI.create("http://x:1"));
        return Files.writeString(directory.resolve(name), text.replace("ADMIN", admin.toString()));
    }

    private String edited() throws IOException {
        return file("shop.json", TOPOLOGY.replace("5ms", "20ms")).toString();
    }

    private String drawn() throws IOException {
        return file("shop.json", TOPOLOGY).toString();
    }

    private int run(String... arguments) {
        shell.clear();
        return shell.with("XDG_RUNTIME_DIR", directory)
                .with("XDG_STATE_HOME", directory.resolve(colleague ? "other" : "state"))
                .with("USER", colleague ? "bob" : "ann")
                .run(typed.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private RunningAdmin page() {
        return Objects.requireNonNull(admins.get("page-v1-1"));
    }

    private ConfigVersion version() {
        return Objects.requireNonNull(page().server().runningVersion());
    }

    private static void assertContains(String expected, Object actual) {
        assertTrue(actual.toString().contains(expected), actual.toString());
    }

    @Test
    void withoutADifferenceAPlanExitsWithZero() throws IOException {
        try (var mesh = register("shop")) {
            assertEquals(ExitCode.DONE, run("plan", drawn()), shell.err());
            assertEquals("local:shop: all 2 proxies run what is drawn\n", shell.out());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aPlanSaysWhatDiffersAndExitsWithThree() throws IOException {
        try (var mesh = register("shop")) {
            assertEquals(ExitCode.DIFFERENT, run("plan", edited()));
            assertContains(
                    "page → cart, window: ≤ 5 ms · 64 → ≤ 20 ms · 64  (page-v1-1)", shell.out());
            assertContains("local:shop: 1 proxy to change, 1 proxy as drawn", shell.out());
            assertEquals(ExitCode.DIFFERENT, run("plan", "--json", edited()));
            var change = shell.json().get("changes").get(0);
            assertEquals("sidecar/page-v1-1", change.get("document").stringValue());
            assertEquals("page-v1-1", change.get("proxy").stringValue());
            assertEquals("page->cart", change.get("subject").stringValue());
            assertEquals("batch.linger", change.get("field").stringValue());
            assertEquals("5ms", change.get("from").stringValue());
            assertEquals("20ms", change.get("to").stringValue());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aPushReachesTheProxiesAndThenThePlanIsEmpty() throws IOException {
        try (var mesh = register("shop")) {
            assertEquals(ExitCode.DONE, run("push", "--yes", "--json", edited()), shell.err());
            var proxies = shell.json().get("proxies");
            assertEquals("page-v1-1", proxies.get(0).get("proxy").stringValue());
            assertEquals("acked", proxies.get(0).get("state").stringValue());
            assertEquals(version().hash(), proxies.get(0).get("version").stringValue());
            assertEquals("unchanged", proxies.get(1).get("state").stringValue());
            assertTrue(proxies.get(1).has("version") && proxies.get(1).has("reason"));
            assertEquals(ExitCode.DONE, run("plan", edited()));
            assertEquals(ExitCode.DONE, run("push", "--yes", edited()));
            assertContains("push: 2 unchanged", shell.out());
            assertTrue(mesh != null);
        }
    }

    @Test
    void withoutATerminalAndWithoutYesAPushRefuses() throws IOException {
        try (var mesh = register("shop")) {
            var before = version();
            assertEquals(ExitCode.USAGE, run("push", edited()));
            assertContains("add --yes", shell.err());
            assertEquals(before, version());
            assertTrue(mesh != null);
        }
    }

    @Test
    void atATerminalAPushAsks() throws IOException {
        shell.interactive(true);
        try (var mesh = register("shop")) {
            var before = version();
            typed = "n\n";
            assertEquals(ExitCode.INCOMPLETE, run("push", edited()));
            assertContains("window: ≤ 5 ms", shell.err());
            assertContains("nothing was pushed", shell.err());
            assertEquals(before, version());
            typed = "y\n";
            assertEquals(ExitCode.DONE, run("push", edited()));
            assertContains("push-1: 1 acked, 1 unchanged", shell.out());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        try (var mesh = register("shop")) {
            var before = version();
            assertEquals(ExitCode.DONE, run("push", "--dry-run", "--json", edited()));
            assertTrue(shell.json().get("dryRun").booleanValue());
            page().subject.refuseToCheck(new Fault("/x", 0, 0, "no", ""));
            assertEquals(ExitCode.INCOMPLETE, run("push", "--dry-run", edited()));
            assertContains("rejected", shell.out());
            assertEquals(before, version());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aRejectionIsAnIncompletePush() throws IOException {
        try (var mesh = register("shop")) {
            page().subject.refuseToCheck(new Fault("/links/0", 0, 0, "too much", ""));
            assertEquals(ExitCode.INCOMPLETE, run("push", "--yes", edited()));
            assertContains("too much (/links/0)", shell.out());
            assertTrue(mesh != null);
        }
    }

    @Test
    void wrongWavesAreWrongUsage() throws IOException {
        assertEquals(ExitCode.USAGE, run("push", "--yes", "--waves", "1,2", edited()));
        assertContains("such as 1,25%,100%", shell.err());
    }

    @Test
    void anInvalidTopologyIsNotPushed() throws IOException {
        try (var mesh = register("shop")) {
            var dangling = TOPOLOGY.replace("\"to\": \"cart\"", "\"to\": \"cort\"");
            var path = file("bad.json", dangling).toString();
            assertEquals(ExitCode.INVALID, run("push", "--yes", path));
            assertContains("there is no service 'cort'", shell.err());
            assertEquals(ExitCode.INVALID, run("plan", directory.resolve("none").toString()));
            assertContains("there is no such file", shell.err());
            assertTrue(mesh != null);
        }
    }

    @Test
    void withoutAMeshTheTargetIsUnreachable() throws IOException {
        assertEquals(ExitCode.UNREACHABLE, run("plan", drawn()));
        assertContains("no local mesh runs", shell.err());
        assertEquals(ExitCode.UNREACHABLE, run("push", "--yes", drawn()));
        assertEquals(ExitCode.USAGE, run("plan", "--target", "moon", drawn()));
        assertContains("unknown target 'moon'", shell.err());
    }

    @Test
    void aProxyThatIsDownMakesAPlanExitWithSix() throws IOException {
        try (var mesh = register("shop")) {
            page().close();
            assertEquals(ExitCode.UNREACHABLE, run("plan", edited()));
            assertContains(
                    "page-v1-1, config: not known → unreachable: connection refused", shell.out());
            assertEquals(ExitCode.INCOMPLETE, run("push", "--yes", edited()));
            assertContains("unreachable", shell.out());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aProxyThatAnswersGarbageMakesAPlanExitWithSix() throws IOException {
        try (var stranger = new Stranger("HTTP/1.1 200 OK\r\n\r\nhello \u001b[2J")) {
            addresses.put(new ProxyId("page-v1-1"), stranger.uri());
            try (var mesh = register("shop")) {
                assertEquals(ExitCode.UNREACHABLE, run("plan", edited()));
                assertContains("unreadable", shell.out());
                assertFalse(shell.out().contains("\u001b"));
                assertEquals(ExitCode.UNREACHABLE, run("status"));
                assertContains("unreadable", shell.out());
                assertTrue(mesh != null);
            }
        }
    }

    @Test
    void theSidecarsThatAreDrawnCanBeTheTarget() throws IOException {
        assertEquals(ExitCode.DIFFERENT, run("plan", "--target", "drawn", drawn()), shell.err());
        assertContains("drawn: 1 proxy to change", shell.out());
        assertEquals(ExitCode.DONE, run("push", "--target", "drawn", "--yes", drawn()));
        assertEquals(ExitCode.DONE, run("plan", "--target", "drawn", drawn()));
        assertEquals(ExitCode.DONE, run("status", "--target", "drawn", drawn()));
        assertContains("page-v1-1", shell.out());
    }

    @Test
    void theStatusNamesEachMeshWithItsProxies() throws IOException {
        assertEquals(ExitCode.DONE, run("status", "--json"));
        assertEquals(0, shell.json().get("meshes").size());
        try (var one = register("shop");
                var two = register("other")) {
            assertEquals(ExitCode.DONE, run("status", "--json"));
            assertEquals(2, shell.json().get("meshes").size());
            var mesh = shell.json().get("meshes").get(1);
            assertEquals("shop", mesh.get("name").stringValue());
            assertEquals("http://127.0.0.1:15000", mesh.get("entry").stringValue());
            var proxy = mesh.get("proxies").get(0);
            assertEquals("page-v1-1", proxy.get("name").stringValue());
            assertEquals("page", proxy.get("service").stringValue());
            assertEquals(page().uri().toString(), proxy.get("admin").stringValue());
            assertEquals(page().uri() + "/metrics", proxy.get("metrics").stringValue());
            assertEquals(version().hash(), proxy.get("version").stringValue());
            assertEquals("ready", proxy.get("state").stringValue());
            assertEquals(ExitCode.USAGE, run("plan", drawn()));
            assertContains("say which, such as --target local:other", shell.err());
            assertEquals(ExitCode.DONE, run("status", "--target", "local:shop"));
            assertContains("shop, traffic comes in at http://127.0.0.1:15000", shell.out());
            assertFalse(shell.out().contains("other"));
            assertTrue(one != null && two != null);
        }
    }

    @Test
    void aPushIsTakenBackAndThatIsAPushToo() throws IOException {
        try (var mesh = register("shop")) {
            var before = version();
            run("push", "--yes", edited());
            var after = version();
            assertEquals(ExitCode.DONE, run("rollback", "--yes"), shell.err());
            assertContains("back to before push-1:", shell.err());
            assertContains("≤ 20 ms · 64 → ≤ 5 ms · 64", shell.err());
            assertContains("push-2: 1 acked", shell.out());
            assertEquals(before, version());
            assertEquals(ExitCode.DONE, run("rollback", "--yes", "--json", "2"));
            assertEquals("push-2", shell.json().get("rolledBack").stringValue());
            assertEquals(after, version());
            assertEquals(ExitCode.DONE, run("history"));
            assertTrue(shell.out().lines().toList().get(1).startsWith("push-3"), shell.out());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aColleaguesPushIsTakenBackByWhatTheProxiesRemember() throws IOException {
        try (var mesh = register("shop")) {
            var before = version();
            run("push", "--yes", edited());
            colleague = true;
            assertEquals(ExitCode.DONE, run("history", "--json"), shell.err());
            var push = shell.json().get("pushes").get(0);
            assertEquals("ann", push.get("author").stringValue());
            assertFalse(push.get("own").booleanValue());
            assertEquals(1, push.get("proxies").get("acked").intValue());
            var name = push.get("push").stringValue();
            assertEquals(ExitCode.DONE, run("rollback", "--yes", name), shell.err());
            assertEquals(before, version());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aNewerChangeIsNotTakenBackWithAnOlderOne() throws IOException {
        try (var mesh = register("shop")) {
            run("push", "--yes", edited());
            run("push", "--yes", file("later.json", TOPOLOGY.replace("5ms", "7ms")).toString());
            var newest = version();
            assertEquals(ExitCode.CONFLICT, run("rollback", "--yes", "1"), shell.out());
            assertContains("a newer change", shell.out() + shell.err());
            assertEquals(newest, version());
            assertTrue(mesh != null);
        }
    }

    @Test
    void aRollbackThatCannotBeSaysWhy() throws IOException {
        try (var mesh = register("shop")) {
            assertEquals(ExitCode.USAGE, run("rollback", "--yes"));
            assertContains("remember no push", shell.err());
            assertEquals(ExitCode.USAGE, run("rollback", "--yes", "push-9"));
            assertContains("'history' lists those that are", shell.err());
            assertEquals(ExitCode.USAGE, run("rollback"));
            assertContains("--yes", shell.err());
            assertEquals(ExitCode.DONE, run("history"));
            assertContains("nothing was pushed", shell.err());
            assertTrue(mesh != null);
        }
    }

    @Test
    void theCommandsSayHowTheyAreUsed() {
        for (var command : List.of("plan", "push", "rollback", "history", "status")) {
            assertEquals(ExitCode.DONE, run(command, "--help"));
            assertContains("--target", shell.out());
        }
        assertEquals(ExitCode.DONE, run("push", "--help"));
        assertContains("1,25%,100%", shell.out());
    }
}
