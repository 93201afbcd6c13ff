package io.batchmesh.target;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.RunningAdmin;
import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.Fault;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminClientTest {
    private static final ClientLimits HASTY =
            new ClientLimits(Duration.ofMillis(500), Duration.ofMillis(500), 64 << 10);

    private final RunningAdmin admin = RunningAdmin.with(null);
    private final OkHttpClient http = new OkHttpClient();
    private final AdminClient client = AdminClient.of(http);
    private final AdminClient hasty = new AdminClient(http, HASTY, null);

    @AfterEach
    void stop() {
        admin.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private static ProxyEndpointRef at(URI admin) {
        return ProxyEndpointRef.of(new ProxyId("p"), new ServiceId("page"), "v1", admin);
    }

    private ProxyEndpointRef real() {
        return at(admin.uri());
    }

    private static ConfigVersion version(int linger) {
        return ConfigVersion.of(config("p", linger));
    }

    private static PutOrder first(int linger) {
        return new PutOrder(config("p", linger), null, PutOrder.Mark.NONE);
    }

    private static PutOrder later(int linger, int replaces) {
        var mark = new PutOrder.Mark("push-7", "Zoë", "r1");
        return new PutOrder(config("p", linger), version(replaces), mark);
    }

    @Test
    void aConfigGoesThereAndComesBackWithWhatIsKeptBesideIt() {
        assertEquals(new Reading.None<>(), client.config(real()));
        assertEquals(new PutResult.Acked(version(5)), client.put(real(), first(5)));
        assertEquals(new PutResult.Acked(version(6)), client.put(real(), later(6, 5)));
        assertEquals(new PutResult.Unchanged(version(6)), client.put(real(), later(6, 5)));
        var stamp = new RunningConfig.Stamp("push-7", "Zoë", "r1", "confirmed");
        var running = new RunningConfig(config("p", 6), version(6), stamp);
        assertEquals(new Reading.Got<>(running), client.config(real()));
        assertEquals(
                config("p", 5),
                assertInstanceOf(Reading.Got.class, client.config(real(), version(5))).value()
                                instanceof RunningConfig r
                        ? r.config()
                        : null);
        assertEquals(new Reading.None<>(), client.config(real(), version(99)));
    }

    @Test
    void theSecondOfTwoOperatorsLearnsWhatRuns() {
        client.put(real(), first(5));
        client.put(real(), later(6, 5));
        assertEquals(new PutResult.Conflict(version(6)), client.put(real(), later(7, 5)));
        assertEquals(new PutResult.Conflict(version(6)), client.put(real(), first(7)));
        assertEquals(version(6), admin.server().runningVersion());
    }

    @Test
    void aRejectionNamesEachFault() {
        client.put(real(), first(5));
        var fault = new Fault("/listeners/outbound", 0, 0, "in use", "choose another port");
        admin.subject.refuseToCheck(fault);
        assertEquals(new PutResult.Rejected(List.of(fault)), client.put(real(), later(6, 5)));
        assertEquals(new PutResult.Rejected(List.of(fault)), client.dryRun(real(), later(6, 5)));
    }

    @Test
    void aDryRunChangesNothing() {
        client.put(real(), first(5));
        assertEquals(new PutResult.Acked(version(6)), client.dryRun(real(), later(6, 5)));
        assertEquals(new PutResult.Unchanged(version(5)), client.dryRun(real(), first(5)));
        assertEquals(version(5), admin.server().runningVersion());
    }

    @Test
    void aConfigThatWaitsIsConfirmed() {
        client.put(real(), first(5));
        var order = later(6, 5);
        var waiting =
                new PutOrder(
                        order.config(), order.replaces(), order.mark(), Duration.ofSeconds(60));
        assertEquals(new PutResult.Acked(version(6)), client.put(real(), waiting));
        assertEquals(new PutResult.Conflict(version(6)), client.confirm(real(), version(5)));
        assertEquals(new PutResult.Acked(version(6)), client.confirm(real(), version(6)));
        assertEquals(new PutResult.Unchanged(version(6)), client.confirm(real(), version(6)));
        var history = client.history(real());
        var lines = assertInstanceOf(Reading.Got.class, history).value();
        assertEquals(2, ((List<?>) lines).size());
    }

    @Test
    void theStatusIsRead() {
        client.put(real(), first(5));
        var got = assertInstanceOf(Reading.Got.class, client.status(real()));
        var status = assertInstanceOf(ProxyStatus.class, got.value());
        assertEquals(version(5), status.version());
        assertTrue(status.ready());
        assertFalse(status.draining());
    }

    @Test
    void aTokenIsShownOnlyWhereItIsGiven() {
        var settings = AdminSettings.loopback().withToken("s3cret");
        try (var guarded = new RunningAdmin(settings, config("p", 5))) {
            var there = at(guarded.uri());
            assertEquals(new Reading.Unreadable<>("it wants a bearer token"), client.config(there));
            assertInstanceOf(PutResult.Rejected.class, client.put(there, later(6, 5)));
            var known = new AdminClient(http, ClientLimits.DEFAULT, "s3cret");
            assertInstanceOf(Reading.Got.class, known.config(there));
        }
    }

    @Test
    void aProxyThatIsDownIsUnreachable() throws IOException {
        URI nowhere;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertEquals(new Reading.Unreachable<>("connection refused"), client.config(at(nowhere)));
        assertEquals(
                new PutResult.Unreachable("connection refused"), client.put(at(nowhere), first(5)));
        var odd = at(URI.create("ftp://127.0.0.1"));
        assertInstanceOf(Reading.Unreachable.class, client.config(odd));
    }

    @Test
    void aProxyThatHangsIsGivenUpAndItsOutcomeIsUnknown() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var there = at(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            assertInstanceOf(Reading.Unreachable.class, hasty.config(there));
            assertInstanceOf(PutResult.Unknown.class, hasty.put(there, first(5)));
        }
    }

    @Test
    void aProxyThatAnswersGarbageIsUnreadableWhateverItAnswers() throws IOException {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 60; i++) {
            var bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            var head = i % 3 == 0 ? "HTTP/1.1 200 OK\r\n" : i % 3 == 1 ? "HTTP/1.1 " : "";
            var text = head + new String(bytes, StandardCharsets.ISO_8859_1);
            try (var stranger = new Stranger(text)) {
                var there = at(stranger.uri());
                var reading = hasty.config(there);
                assertFalse(reading instanceof Reading.Got, "case " + i);
                assertFalse(reading instanceof Reading.None, "case " + i);
                var put = hasty.put(there, first(5));
                assertInstanceOf(PutResult.Unknown.class, put, "case " + i);
            }
        }
    }

    @Test
    void anAnswerThatIsWellFormedAndWrongIsUnreadable() throws IOException {
        var lie = "\"" + "0".repeat(64) + "\"";
        var body = ConfigJson.pretty(config("p", 5));
        for (var answer :
                List.of(
                        new MockResponse.Builder().code(200).body("<html>").build(),
                        new MockResponse.Builder().code(200).body("").build(),
                        new MockResponse.Builder().code(404).body("not ours").build(),
                        new MockResponse.Builder().code(500).build(),
                        new MockResponse.Builder().code(200).body("[" + "1,".repeat(9)).build(),
                        new MockResponse.Builder().code(200).body("x".repeat(65 << 10)).build(),
                        new MockResponse.Builder()
                                .code(200)
                                .setHeader("ETag", lie)
                                .body(body)
                                .build(),
                        new MockResponse.Builder().code(302).setHeader("Location", "/x").build())) {
            try (var server = new MockWebServer()) {
                server.enqueue(answer);
                server.start();
                var reading = hasty.config(at(server.url("/").uri()));
                assertInstanceOf(Reading.Unreadable.class, reading, answer.toString());
                assertEquals(1, server.getRequestCount());
            }
        }
    }

    @Test
    void whatAProxySaysCannotRepaintTheTerminal() throws IOException {
        try (var server = new MockWebServer()) {
            var problem =
                    """
                    {"title":"\\u001b[2Jno","errors":[{"pointer":"#/a","detail":"\\u001b[31mred\\n"}]}
                    """;
            server.enqueue(
                    new MockResponse.Builder()
                            .code(422)
                            .setHeader("Content-Type", "application/problem+json")
                            .body(problem)
                            .build());
            server.start();
            var put = client.put(at(server.url("/").uri()), first(5));
            assertEquals(
                    new PutResult.Rejected(List.of(new Fault("/a", 0, 0, "[31mred", ""))), put);
        }
    }
}
