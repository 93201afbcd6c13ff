package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.ProxyConfig.Allow;
import io.batchmesh.config.TlsConfig;
import io.batchmesh.mesh.CertificateAuthority.Issued;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.policy.Compression;
import io.batchmesh.time.Clocks;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MutualTlsTest {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: back\r\n\r\n";

    /** For sidecars that take their expired certificates for good. */
    private static final SidecarParts YESTERDAY =
            new SidecarParts(
                    Loops.GROUP,
                    new Clocks(
                            InstantSource.offset(InstantSource.system(), Duration.ofHours(-1)),
                            System::nanoTime));

    private static SidecarParts parts(String what) {
        return what.equals("expired") ? YESTERDAY : Loops.PARTS;
    }

    private static Sidecar back(StandInService service, TlsConfig tls, Allow... rules)
            throws IOException {
        return Sidecar.start(called(service, tls, rules), Loops.PARTS);
    }

    private static ProxyConfig called(StandInService service, TlsConfig tls, Allow... rules) {
        var base = Configs.called(service.address());
        return new ProxyConfig(
                base.proxy(),
                base.service(),
                null,
                base.listeners(),
                new ProxyConfig.Inbound(service.address(), List.of(rules), null),
                List.of(),
                tls);
    }

    private static Sidecar front(Sidecar back, BatchWindow window, TlsConfig tls)
            throws IOException {
        return Sidecar.start(Configs.caller(Loops.to(back, window)).withTls(tls), Loops.PARTS);
    }

    private static RawClient.Reply get(Sidecar front, String path) throws IOException {
        try (var client = new RawClient(front.outboundAddress())) {
            return client.ask(GET.formatted(path));
        }
    }

    static Stream<BatchWindow> windows() {
        var packed = new Compression(Compression.Codec.ZSTD, 3, Compression.Context.STREAM, 0);
        return Stream.of(
                Configs.off(),
                BatchWindow.DEFAULT,
                Configs.fixed(Duration.ofMillis(2)).withCompression(packed));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void callsGoBySecuredConnections(BatchWindow window, @TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"));
                var front = front(back, window, certificates.good("front"))) {
            for (int i = 0; i < 5; i++) {
                var reply = get(front, "/" + i);
                assertEquals("GET /" + i + " ", reply.body());
            }
            boolean batched = window.policy() != BatchWindow.Policy.OFF;
            var seen = Scraped.of(front);
            assertEquals(
                    1, seen.value("batchmesh_tls_handshakes", "side", "upstream", "result", "ok"));
            assertEquals(batched ? 5 : 0, Scraped.of(front).value("batchmesh_batches"));
            assertEquals(
                    1,
                    Scraped.of(back)
                            .value("batchmesh_tls_handshakes", "side", "inbound", "result", "ok"));
            assertTrue(front.status().at("/tls/certificate/notAfter").asString().contains("T"));
            assertTrue(
                    Scraped.of(back).value("batchmesh_tls_certificate_expiry_timestamp_seconds")
                            > Instant.now().getEpochSecond());
        }
    }

    @Test
    void clearTextIsTurnedAway(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"));
                var client = new RawClient(back.inboundAddress())) {
            assertThrows(IOException.class, () -> client.ask(GET.formatted("/")), "never answered");
            assertTrue(
                    Loops.soon(() ->
                            Scraped.of(back)
                                            .value(
                                                    "batchmesh_tls_handshakes",
                                                    "result",
                                                    "clear-text")
                                    == 1));
            try (var front = Loops.front(Loops.to(back, Configs.off()))) {
                assertEquals(502, get(front, "/clear").status());
            }
            assertEquals(0, service.calls());
        }
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("expired", Certificates.expired("back"), "expired"),
                Arguments.of("another authority", Certificates.foreign("back"), "authority"),
                Arguments.of("self-signed", Certificates.selfSigned("back"), "authority"),
                Arguments.of("another name", wrongName(), "not for back"));
    }

    private static Issued wrongName() {
        return Certificates.OURS.issue("other", Instant.now(), Duration.ofHours(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void aPeerThatIsNotWhoWasCalledGetsNothing(
            String what, Issued shown, String reason, @TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back =
                        Sidecar.start(
                                called(service, certificates.files("back", shown)), parts(what));
                var plain = front(back, Configs.off(), certificates.good("front"));
                var batched = front(back, BatchWindow.DEFAULT, certificates.good("front"))) {
            for (var front : List.of(plain, batched)) {
                var reply = get(front, "/secret");
                assertEquals(502, reply.status(), what);
                assertTrue(reply.body().contains(reason), what + ": " + reply.body());
            }
            assertEquals(0, service.calls(), what);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void aCallerWithABadCertificateIsTurnedAway(
            String what, Issued shown, String reason, @TempDir Path dir) throws Exception {
        if (reason.startsWith("not for")) {
            return;
        }
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"))) {
            var tls = certificates.files("front", shown);
            for (var window : List.of(Configs.off(), BatchWindow.DEFAULT)) {
                var config = Configs.caller(Loops.to(back, window)).withTls(tls);
                try (var front = Sidecar.start(config, parts(what))) {
                    var reply = get(front, "/secret");
                    assertEquals(502, reply.status(), what);
                    assertTrue(reply.body().contains("TLS"), what + ": " + reply.body());
                }
            }
            assertEquals(0, service.calls(), what);
            // A client keeps to itself what the server would not trust.
            var seen = reason.equals("expired") ? reason : "no-certificate";
            assertTrue(
                    Scraped.of(back).value("batchmesh_tls_handshakes", "result", seen) >= 2, what);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rulesAreHeldByWhoCalls(boolean batched, @TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        var window = batched ? BatchWindow.DEFAULT : Configs.off();
        var rules =
                new Allow[] {
                    new Allow("front", List.of("GET"), List.of("/open/*")),
                    new Allow("spiffe://batchmesh.local/service/admin", List.of(), List.of())
                };
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"), rules);
                var front = front(back, window, certificates.good("front"));
                var admin = front(back, window, certificates.good("admin"));
                var stranger = front(back, window, certificates.good("stranger"))) {
            assertEquals(200, get(front, "/open/door").status());
            assertEquals(403, get(front, "/shut").status());
            assertEquals(200, get(admin, "/shut").status());
            assertEquals(403, get(stranger, "/open/door").status());
            assertTrue(get(stranger, "/open/door").body().contains("stranger"));
            assertEquals(2, service.calls());
            assertEquals(false, back.status().has("notes"));
        }
    }

    @Test
    void tlsIsTurnedOnByAConfigAndOldConnectionsEnd(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = Loops.back(service.address());
                var front = Loops.front(Loops.to(back, BatchWindow.DEFAULT));
                var clear = new RawClient(back.inboundAddress())) {
            assertEquals(200, clear.ask(GET.formatted("/")).status());
            assertEquals(200, get(front, "/before").status());
            apply(back, called(service, certificates.good("back")));
            assertTrue(clear.closed());
            apply(front, front.config().withTls(certificates.good("front")));
            assertEquals(200, get(front, "/after").status());
            try (var late = new RawClient(back.inboundAddress())) {
                assertThrows(IOException.class, () -> late.ask(GET.formatted("/late")));
            }
            assertEquals(3, service.calls());
        }
    }

    private static void apply(Sidecar sidecar, ProxyConfig config) {
        assertEquals(List.of(), sidecar.apply(config, ConfigVersion.of(config), null));
    }

    @Test
    void unusableFilesAreRefusedWithTheirPlace(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        var good = certificates.good("back");
        var other = certificates.good("other");
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, good)) {
            var mixed =
                    new TlsConfig(good.mode(), good.certificate(), other.key(), good.authority());
            assertEquals("/tls/key", refused(back, mixed));
            certificates.write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n");
            var bad = certificates.reference("bad.pem");
            assertEquals(
                    "/tls/authority",
                    refused(back, new TlsConfig(good.mode(), good.certificate(), good.key(), bad)));
            var gone = certificates.reference("gone.pem");
            assertEquals(
                    "/tls/certificate",
                    refused(back, new TlsConfig(good.mode(), gone, good.key(), good.authority())));
            var expired = certificates.files("expired", Certificates.expired("back"));
            assertEquals("/tls/certificate", refused(back, expired));
        }
    }

    private static String refused(Sidecar sidecar, TlsConfig tls) {
        var config = sidecar.config().withTls(tls);
        assertEquals(1, sidecar.check(config).size());
        return sidecar.apply(config, ConfigVersion.of(config), null).getFirst().pointer();
    }

    @Test
    void aConnectionThatBreaksInTheHandshakeLeavesNothing(@TempDir Path dir) throws Exception {
        var certificates = new Certificates(dir);
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var back = back(service, certificates.good("back"))) {
            for (int i = 0; i < 20; i++) {
                try (var client = new RawClient(back.inboundAddress())) {
                    client.send("\u0016\u0003\u0001");
                } catch (EOFException | SocketException e) {
                    throw new AssertionError(e);
                }
            }
            assertTrue(Loops.soon(() -> back.openConnections() == 0));
        }
    }
}
