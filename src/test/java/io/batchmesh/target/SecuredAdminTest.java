package io.batchmesh.target;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.mesh.CertificateAuthority;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin endpoint by TLS, and who gets in by a certificate. */
class SecuredAdminTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final OkHttpClient http = new OkHttpClient();
    private final CertificateAuthority hosts = authority("hosts");
    private final CertificateAuthority operators = authority("operators");

    @TempDir private Path directory = Path.of(".");

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, LONG_AGO, Duration.ofDays(3_650));
    }

    @BeforeEach
    void writeAuthorities() throws IOException {
        write("hosts.pem", hosts.certificatePem());
        write("operators.pem", operators.certificatePem());
        issue(hosts, "server", "localhost");
    }

    @AfterEach
    void stop() {
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private void write(String name, String text) throws IOException {
        var beside = Files.writeString(directory.resolve(name + ".new"), text);
        Files.move(beside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A certificate and its key as NAME.pem and NAME-key.pem. */
    private void issue(CertificateAuthority by, String file, String name) throws IOException {
        var until = Instant.now().plus(Duration.ofDays(1));
        var subject = new CertificateAuthority.Subject(name, List.of(name), LONG_AGO, until);
        var issued = by.issue(subject);
        write(file + ".pem", issued.certificatePem());
        write(file + "-key.pem", issued.keyPem());
    }

    private @Nullable String file(@Nullable String name) {
        return name == null ? null : CertificatePaths.reference(directory.resolve(name));
    }

    private CertificatePaths paths(@Nullable String own, @Nullable String authority) {
        return new CertificatePaths(
                file(own == null ? null : own + ".pem"),
                file(own == null ? null : own + "-key.pem"),
                file(authority),
                null);
    }

    private RunningAdmin admin(@Nullable String token) {
        var settings = AdminSettings.loopback().withToken(token);
        return new RunningAdmin(settings.withTls(paths("server", "operators.pem")), config("p", 5));
    }

    private static ProxyEndpointRef at(RunningAdmin admin) {
        var uri = URI.create("https://localhost:" + admin.uri().getPort());
        return ProxyEndpointRef.of(new ProxyId("p"), new ServiceId("page"), "v1", uri);
    }

    /** Shows a certificate, or none. */
    private AdminClient client(@Nullable String own, @Nullable String token)
            throws CertificateFault {
        return AdminClient.with(
                http, new AdminAccess(token, paths(own, "hosts.pem")), Instant.now());
    }

    private static PutOrder order(int linger, @Nullable String author) {
        var mark = new PutOrder.Mark("push-1", author, null);
        return new PutOrder(config("p", linger), ConfigVersion.of(config("p", 5)), mark);
    }

    private static String refused(Reading<?> reading) {
        return switch (reading) {
            case Reading.Unreadable<?>(var reason) -> reason;
            case Reading.Unreachable<?>(var reason) -> "unreachable: " + reason;
            default -> "let in";
        };
    }

    private static boolean soon(BooleanSupplier holds) {
        long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }

    @Test
    void whoShowsACertificateMayPushAndIsKeptWithIt() throws Exception {
        issue(operators, "ann", "ann");
        try (var admin = admin(null)) {
            var ann = client("ann", null);
            assertEquals("https", admin.uri().getScheme());
            assertInstanceOf(PutResult.Acked.class, ann.put(at(admin), order(6, "Ann at work")));
            var running = assertInstanceOf(Reading.Got.class, ann.config(at(admin))).value();
            var stamp = assertInstanceOf(RunningConfig.class, running).stamp();
            assertEquals("Ann at work", stamp.author());
            assertEquals("CN=ann", stamp.identity());
            var history = assertInstanceOf(Reading.Got.class, ann.history(at(admin))).value();
            var lines = assertInstanceOf(List.class, history);
            var newest = assertInstanceOf(HistoryLine.class, lines.getFirst());
            assertEquals("CN=ann", newest.stamp().identity());
        }
    }

    @Test
    void whereNobodySaysWhoPushesTheCertificateDoes() throws Exception {
        issue(operators, "ann", "ann");
        try (var admin = admin(null)) {
            var ann = client("ann", null);
            assertInstanceOf(PutResult.Acked.class, ann.put(at(admin), order(6, null)));
            var running = assertInstanceOf(Reading.Got.class, ann.config(at(admin))).value();
            assertEquals("CN=ann", assertInstanceOf(RunningConfig.class, running).stamp().author());
        }
    }

    @Test
    void whoShowsNoneIsToldWhatIsWanted() throws Exception {
        try (var admin = admin(null)) {
            var nobody = client(null, null);
            assertEquals("it wants a client certificate", refused(nobody.config(at(admin))));
            var put =
                    assertInstanceOf(
                            PutResult.Rejected.class, nobody.put(at(admin), order(6, "x")));
            assertTrue(put.toString().contains("show a client certificate"), put::toString);
            var guessed = client(null, "guessed");
            assertEquals("it wants a client certificate", refused(guessed.config(at(admin))));
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        issue(authority("operators"), "eve", "ann");
        issue(hosts, "host", "ann");
        try (var admin = admin("s3cret")) {
            for (var own : List.of("eve", "host")) {
                // The endpoint names whom it trusts; Java shows none that nobody there trusts.
                var why = refused(client(own, null).config(at(admin)));
                assertTrue(
                        why.equals("it wants a bearer token or a client certificate")
                                || why.contains("takes no client certificate"),
                        why);
                var put = client(own, null).put(at(admin), order(6, "eve"));
                assertTrue(!(put instanceof PutResult.Acked), put::toString);
            }
            assertEquals(ConfigVersion.of(config("p", 5)), admin.server().runningVersion());
        }
    }

    @Test
    void aTokenStillLetsIn() throws Exception {
        try (var admin = admin("s3cret")) {
            var known = client(null, "s3cret");
            assertInstanceOf(PutResult.Acked.class, known.put(at(admin), order(6, "Bob")));
            var running = assertInstanceOf(Reading.Got.class, known.config(at(admin))).value();
            assertNull(assertInstanceOf(RunningConfig.class, running).stamp().identity());
            assertEquals(
                    "it wants a bearer token or a client certificate",
                    refused(client(null, "guessed").config(at(admin))));
        }
    }

    @Test
    void anEndpointThatIsNotTheOneThatWasMeantGetsNothing() throws Exception {
        issue(operators, "ann", "ann");
        issue(hosts, "server", "elsewhere");
        try (var admin = admin(null)) {
            var why = refused(client("ann", null).config(at(admin)));
            assertEquals("unreachable: TLS: its certificate is not for this host", why);
            var plain = AdminClient.with(http, AdminAccess.NONE, Instant.now());
            assertEquals(
                    "unreachable: TLS: its certificate is not issued by a trusted authority",
                    refused(plain.config(at(admin))));
        }
    }

    @Test
    void filesThatChangeAreTakenWithoutARestart() throws Exception {
        issue(operators, "ann", "ann");
        try (var admin = admin(null)) {
            assertEquals("let in", refused(client("ann", null).config(at(admin))));
            write("server.pem", "damaged");
            write("operators.pem", authority("others").certificatePem());
            issue(hosts, "server", "localhost");
            assertTrue(
                    soon(() -> {
                        try {
                            return !refused(client("ann", null).config(at(admin))).equals("let in");
                        } catch (CertificateFault e) {
                            throw new AssertionError(e);
                        }
                    }));
            var why = refused(client("ann", null).config(at(admin)));
            assertTrue(why.contains("client certificate"), why);
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        var bad = new CertificatePaths(file("none.pem"), file("server-key.pem"), null, null);
        var fault =
                assertThrows(
                        CertificateFault.class,
                        () -> AdminClient.with(http, new AdminAccess(null, bad), Instant.now()));
        assertTrue(fault.describe().contains("there is no file"), fault::describe);
        var settings = AdminSettings.loopback().withTls(bad);
        var error = assertThrows(AssertionError.class, () -> new RunningAdmin(settings, null));
        assertTrue(
                String.valueOf(error.getMessage()).contains("there is no file"), error::toString);
    }
}
