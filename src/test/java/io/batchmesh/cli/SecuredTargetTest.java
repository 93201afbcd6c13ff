package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.mesh.CertificateAuthority;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.ScrapeSettings;
import io.batchmesh.observe.ScrapeTarget;
import io.batchmesh.observe.Scraper;
import io.batchmesh.time.Clocks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that reach proxies by TLS and show a certificate. */
class SecuredTargetTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("all", LONG_AGO, Duration.ofDays(3_650));
    private static final String TOPOLOGY =
            """
            { "format": "batchmesh/v1", "name": "shop",
              "services": [
                { "name": "page", "kind": "gateway",
                  "ports": [ { "name": "http", "port": 9080, "protocol": "http1" } ],
                  "subsets": [ { "name": "v1", "endpoints": [ { "address": "127.0.0.1:9080" } ] } ] } ],
              "proxies": [
                { "name": "page-v1-1", "service": "page", "kind": "sidecar", "admin": "ADMIN" } ] }
            """;
    private static final String CONFIG =
            """
            { "format": "batchmesh-proxy/v1", "proxy": "page-v1-1", "service": "page",
              "listeners": { "outbound": "127.0.0.1:0", "inbound": "127.0.0.1:0" }, "links": [] }
            """;

    private final CommandRun shell = new CommandRun();

    @TempDir private Path directory = Path.of(".");

    @BeforeEach
    void issue() throws IOException {
        Files.writeString(directory.resolve("ca.pem"), AUTHORITY.certificatePem());
        for (var name : List.of("localhost", "ann")) {
            var until = Instant.now().plus(Duration.ofDays(1));
            var issued =
                    AUTHORITY.issue(
                            new CertificateAuthority.Subject(name, List.of(name), LONG_AGO, until));
            Files.writeString(directory.resolve(name + ".pem"), issued.certificatePem());
            Files.writeString(directory.resolve(name + "-key.pem"), issued.keyPem());
        }
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private String topology(URI admin) throws IOException {
        var there = "https://localhost:" + admin.getPort();
        Files.writeString(directory.resolve("shop.json"), TOPOLOGY.replace("ADMIN", there));
        return file("shop.json");
    }

    private int run(String... arguments) {
        shell.clear();
        return shell.with("XDG_RUNTIME_DIR", directory)
                .with("XDG_STATE_HOME", directory.resolve("state"))
                .with("USER", "ann")
                .run(arguments);
    }

    private int runAs(String name, String... arguments) {
        var shown =
                List.of(
                        "--authority-file",
                        file("ca.pem"),
                        "--certificate-file",
                        file(name + ".pem"),
                        "--key-file",
                        file(name + "-key.pem"));
        return run(Stream.concat(Stream.of(arguments), shown.stream()).toArray(String[]::new));
    }

    @Test
    void aPushByCertificateIsKeptWithWhomItIsFor() throws IOException {
        var files =
                new CertificatePaths(
                        "file:" + file("localhost.pem"),
                        "file:" + file("localhost-key.pem"),
                        "file:" + file("ca.pem"),
                        null);
        try (var admin = new RunningAdmin(AdminSettings.loopback().withTls(files), null)) {
            var drawn = topology(admin.uri());
            assertEquals(
                    ExitCode.UNREACHABLE,
                    run(
                            "push",
                            drawn,
                            "--target",
                            "drawn",
                            "--yes",
                            "--authority-file",
                            file("ca.pem")),
                    shell.err());
            assertTrue((shell.out() + shell.err()).contains("it wants a client certificate"));
            assertEquals(
                    ExitCode.DONE,
                    runAs("ann", "push", drawn, "--target", "drawn", "--yes"),
                    shell.out() + shell.err());
            assertEquals(ExitCode.DONE, runAs("ann", "plan", drawn, "--target", "drawn"));
            assertEquals(
                    ExitCode.DONE, runAs("ann", "status", drawn, "--target", "drawn", "--json"));
            var proxy = shell.json().at("/meshes/0/proxies/0");
            assertEquals("CN=ann", proxy.path("identity").asString(""), shell.out());
        }
    }

    private String environments(String text) throws IOException {
        var place = directory.resolve("environments.json");
        Files.writeString(place, text);
        shell.with("BATCHMESH_ENVIRONMENTS", place);
        return place.toString();
    }

    /** Opens nothing, and remembers what was to be opened. */
    private static final class Remembered implements Desktop {
        private @Nullable OpenRequest asked;

        @Override
        public int open(OpenRequest request, CommandContext context) {
            asked = request;
            return ExitCode.DONE;
        }

        @Override
        public void render(Topology topology, Path picture, boolean light) {
            throw new AssertionError("nothing to draw");
        }
    }

    @Test
    void anEnvironmentSaysWithWhichCertificateItsProxiesAreCalledAndWatched() throws Exception {
        var files =
                new CertificatePaths(
                        "file:" + file("localhost.pem"),
                        "file:" + file("localhost-key.pem"),
                        "file:" + file("ca.pem"),
                        null);
        Files.writeString(directory.resolve("prometheus.token"), "abc");
        environments(
                """
                { "environments": { "prod": {
                    "clientCertificate": "ann.pem", "clientKey": "env:ANN_KEY", "ca": "ca.pem",
                    "traces": "https://tempo.example/{traceId}" },
                  "staging": { "prometheus": { "url": "https://prometheus.example",
                    "tokenFile": "prometheus.token" } } } }
                """);
        shell.with("ANN_KEY", file("ann-key.pem"));
        try (var admin = new RunningAdmin(AdminSettings.loopback().withTls(files), null)) {
            var drawn = topology(admin.uri());
            assertEquals(
                    ExitCode.DONE,
                    run("push", drawn, "--target", "prod", "--yes"),
                    shell.out() + shell.err());
            assertEquals(ExitCode.DONE, run("status", drawn, "--target", "prod", "--json"));
            var proxy = shell.json().at("/meshes/0/proxies/0");
            assertEquals("CN=ann", proxy.path("identity").asString(""), shell.out());
            var desktop = new Remembered();
            shell.on(desktop);
            assertEquals(ExitCode.DONE, run("open", drawn, "--target", "prod"), shell.err());
            var attached = Objects.requireNonNull(desktop.asked).attached();
            watched(Objects.requireNonNull(attached));
            assertEquals(ExitCode.DONE, run("open", drawn, "--target", "staging"), shell.err());
            var other = Objects.requireNonNull(desktop.asked.attached());
            var place = Objects.requireNonNull(other.watched()).address();
            assertEquals("https://prometheus.example", place.toString());
        }
    }

    /** The metrics come by the same certificate, as the window reads them. */
    private static void watched(Desktop.Attached attached) throws InterruptedException {
        assertEquals("https://tempo.example/{traceId}", attached.traces());
        var proxy = attached.environment().proxies().getFirst();
        var target = new ScrapeTarget(proxy.name().name(), "page", proxy.metrics());
        var seen = new LinkedBlockingQueue<MeshSnapshot>();
        var io = Executors.newVirtualThreadPerTaskExecutor();
        var clocks = new Clocks(InstantSource.system(), System::nanoTime);
        try (var scraper =
                new Scraper(ScrapeSettings.DEFAULT, List.of(target), clocks, io, attached.http())) {
            scraper.start(seen::add);
            ProxyState state = null;
            for (int i = 0; i < 10 && state != ProxyState.LIVE; i++) {
                var snapshot = seen.poll(10, TimeUnit.SECONDS);
                var read = snapshot == null ? null : snapshot.proxies().get("page-v1-1");
                state = read == null ? null : read.state();
            }
            assertEquals(ProxyState.LIVE, state);
        } finally {
            io.shutdownNow();
        }
    }

    @Test
    void whatIsWrongWithEnvironmentsIsSaidWithItsPlace() throws IOException {
        var drawn = topology(URI.create("https://localhost:1"));
        var wrong =
                List.of(
                        "{ \"environments\": { \"local\": { } } }",
                        "{ \"environments\": { \"prod\": { \"token\": \"abc\" } } }",
                        "{ \"environments\": { \"prod\": { \"clientKey\": \"a.pem\" } } }",
                        "{ \"environments\": { \"prod\": { \"ca\": \"env:NOT_SET\" } } }",
                        "{ \"environments\": { \"p\": { \"prometheus\": { \"url\": \"x\" } } } }",
                        "{ \"environments\": { \"p\": { \"prometheus\": { \"url\":"
                                + " \"http://u:p@a\" } } } }",
                        "{ \"environments\": ");
        for (var text : wrong) {
            var place = environments(text);
            assertEquals(ExitCode.INVALID, run("plan", drawn, "--target", "prod"), text);
            assertTrue(shell.err().contains(place + ":"), shell.err());
        }
        environments("{ \"environments\": { \"prod\": { \"clientCertificate\": \"none.pem\" } } }");
        assertEquals(ExitCode.USAGE, run("plan", drawn, "--target", "prod"));
        assertTrue(shell.err().contains("environment 'prod', certificate: "), shell.err());
        assertEquals(ExitCode.USAGE, run("plan", drawn, "--target", "production"));
        assertTrue(shell.err().contains("drawn, prod"), shell.err());
    }

    @Test
    void filesThatCannotBeUsedAreNamedByTheirOptions() throws IOException {
        var drawn = topology(URI.create("https://localhost:1"));
        assertEquals(ExitCode.USAGE, runAs("nobody", "plan", drawn, "--target", "drawn"));
        assertTrue(shell.err().contains("--certificate-file: there is no file"), shell.err());
        assertEquals(
                ExitCode.USAGE,
                run("plan", drawn, "--target", "drawn", "--key-file", file("ann-key.pem")));
        assertTrue(shell.err().contains("--key-file needs"), shell.err());
    }

    @Test
    void aProxyWithACertificateAnswersByTls() throws Exception {
        Files.writeString(directory.resolve("config.json"), CONFIG);
        try (var beside = new CommandRun(1)) {
            var exit =
                    beside.with("XDG_STATE_HOME", directory.resolve("proxy"))
                            .start(
                                    "proxy",
                                    "--config",
                                    file("config.json"),
                                    "--json",
                                    "--admin-certificate-file",
                                    file("localhost.pem"),
                                    "--admin-key-file",
                                    file("localhost-key.pem"),
                                    "--admin-authority-file",
                                    file("ca.pem"));
            assertTrue(beside.printedWithin(Duration.ofSeconds(20)), beside.err());
            var admin = URI.create(beside.json().get("admin").asString());
            assertEquals("https", admin.getScheme());
            var drawn = topology(admin);
            assertEquals(
                    ExitCode.DONE,
                    runAs("ann", "status", drawn, "--target", "drawn", "--json"),
                    shell.out() + shell.err());
            assertEquals(
                    ExitCode.UNREACHABLE,
                    run("status", drawn, "--target", "drawn", "--json"),
                    shell.out());
            assertTrue(shell.out().contains("trusted authority"), shell.out());
            beside.stop().raise();
            assertEquals(ExitCode.DONE, exit.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aProxyNeedsACertificateToCheckThoseOfOthers() throws IOException {
        Files.writeString(directory.resolve("config.json"), CONFIG);
        var config = file("config.json");
        assertEquals(
                ExitCode.USAGE,
                run("proxy", "--config", config, "--admin-authority-file", file("ca.pem")));
        assertTrue(shell.err().contains("need --admin-certificate-file"), shell.err());
    }
}
