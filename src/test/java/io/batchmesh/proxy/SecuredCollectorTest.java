package io.batchmesh.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.JsonText;
import io.batchmesh.mesh.CertificateAuthority.Issued;
import io.batchmesh.policy.Tracing;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans on their way to a collector that is called by TLS. */
class SecuredCollectorTest {
    @TempDir private Path dir = Path.of("");

    private static Issued issued(String name) {
        return Certificates.OURS.issue(name, Instant.now(), Duration.ofHours(1));
    }

    private static Collector collector(Issued shown) throws IOException {
        SslContext tls = SslContextBuilder.forServer(shown.key(), shown.certificate()).build();
        return new Collector(tls);
    }

    /** A sidecar before a service, which tells everything. */
    private static Sidecar traced(StandInService service, String endpoint, @Nullable String trusted)
            throws IOException {
        var tracing = new Tracing(endpoint, 100, trusted);
        return Sidecar.start(Configs.called(service.address()).withTracing(tracing), Loops.PARTS);
    }

    private static void ask(Sidecar sidecar) throws IOException {
        try (var client = new RawClient(sidecar.inboundAddress())) {
            assertEquals(200, client.ask("GET /a HTTP/1.1\r\nHost: back\r\n\r\n").status());
        }
    }

    private static String fault(Sidecar sidecar) {
        return sidecar.status().at("/tracing/fault").asString("");
    }

    private void refused(Issued shown, @Nullable String trusted, String label, String text)
            throws IOException {
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var collector = collector(shown);
                var sidecar = traced(service, collector.endpoint("localhost"), trusted)) {
            ask(sidecar);
            assertTrue(Loops.soon(() -> fault(sidecar).contains(text)), () -> fault(sidecar));
            assertTrue(
                    Scraped.of(sidecar)
                                    .value(
                                            "batchmesh_tls_handshakes",
                                            "side",
                                            "collector",
                                            "result",
                                            label)
                            >= 1);
            ask(sidecar);
            assertEquals(0, collector.posts(), "nothing was said to somebody else");
        }
    }

    private String ours() throws IOException {
        return new Certificates(dir).reference("ca.pem");
    }

    @Test
    void aTrustedCollectorGetsTheSpans() throws IOException {
        var trusted = ours();
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var collector = collector(issued("localhost"));
                var sidecar = traced(service, collector.endpoint("localhost"), trusted)) {
            ask(sidecar);
            assertTrue(Loops.soon(() -> !collector.spans().isEmpty()), () -> fault(sidecar));
            assertEquals(List.of(), collector.complaints());
            assertEquals("", fault(sidecar));
            assertEquals(
                    collector.endpoint("localhost"),
                    sidecar.status().at("/tracing/endpoint").asString(""));
        }
    }

    @Test
    void oneOfAnotherAuthorityIsToldNothing() throws IOException {
        var text = "not issued by a trusted authority";
        refused(Certificates.foreign("localhost"), ours(), "authority", text);
    }

    @Test
    void whereNoAuthorityIsNamedThoseOfJavaHold() throws IOException {
        refused(issued("localhost"), null, "authority", "not issued by a trusted authority");
    }

    @Test
    void oneThatShowsAnotherNameIsToldNothing() throws IOException {
        refused(issued("elsewhere"), ours(), "identity", "not for this host");
    }

    @Test
    void oneThatSpeaksClearTextIsNamed() throws IOException {
        var trusted = ours();
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var sidecar =
                        traced(service, "https://localhost:" + service.port() + "/", trusted)) {
            ask(sidecar);
            assertTrue(
                    Loops.soon(() -> fault(sidecar).contains("does not speak TLS")),
                    () -> fault(sidecar));
        }
    }

    @Test
    void anAuthorityThatChangesIsTakenWithoutARestart() throws IOException {
        var files = new Certificates(dir);
        files.write("collector.pem", Certificates.OTHERS.certificatePem());
        try (var service = new StandInService(Loops.GROUP, StandInService::echo);
                var collector = collector(issued("localhost"));
                var sidecar =
                        traced(
                                service,
                                collector.endpoint("localhost"),
                                files.reference("collector.pem"))) {
            ask(sidecar);
            assertTrue(Loops.soon(() -> !fault(sidecar).isEmpty()));
            files.write("collector.pem", "no certificate");
            sidecar.pollCertificates();
            files.write("collector.pem", Certificates.OURS.certificatePem());
            sidecar.pollCertificates();
            assertTrue(Loops.soon(() -> !collector.spans().isEmpty()), () -> fault(sidecar));
            assertTrue(Loops.soon(() -> fault(sidecar).isEmpty()));
        }
    }

    @Test
    void anAuthorityThatCannotBeReadIsAFaultOfTheConfig() throws IOException {
        var tracing = new Tracing("https://localhost:1/", 100, "file:" + dir.resolve("none.pem"));
        var config = Configs.caller().withTracing(tracing);
        var thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> Sidecar.start(config, Loops.PARTS));
        assertTrue(
                String.valueOf(thrown.getMessage()).contains("there is no file"), thrown::toString);
        try (var sidecar = Sidecar.start(Configs.caller(), Loops.PARTS)) {
            var faults = sidecar.check(config);
            assertEquals("/tracing/authority", faults.getFirst().pointer());
        }
    }

    @Test
    void anAuthorityWithoutTlsOrThatIsNoFileIsRefused() {
        var clear = new Tracing("http://h:1/", 100, "file:ca.pem");
        var inline = new Tracing("https://h:1/", 100, "-----BEGIN CERTIFICATE-----");
        for (var tracing : List.of(clear, inline)) {
            ProxyConfig config = Configs.caller().withTracing(tracing);
            var text = JsonText.canonical(ConfigJson.write(config));
            if (!(ConfigJson.read(text) instanceof ConfigResult.Invalid invalid)) {
                throw new AssertionError(tracing + " was taken");
            }
            assertEquals("/tracing/authority", invalid.faults().getFirst().pointer());
        }
        var fine = Configs.caller().withTracing(new Tracing("https://h/", 5, "file:ca.pem"));
        assertEquals(
                new ConfigResult.Valid(fine, io.batchmesh.config.ConfigVersion.of(fine)),
                ConfigJson.read(JsonText.canonical(ConfigJson.write(fine))));
    }
}
