package io.batchmesh.admin;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdminServerTest {
    private static final AdminSettings.Limits HASTY =
            new AdminSettings.Limits(4 << 20, Duration.ofMillis(200), Duration.ofMillis(200), 4);

    private final RunningAdmin admin = RunningAdmin.with(config("p", 5));

    @AfterEach
    void stop() {
        admin.close();
    }

    private Raw.Reply get(String target, String headers) throws IOException {
        return Raw.call(admin.uri(), "GET", target, headers, "");
    }

    @Test
    void theStatusHasVersionUptimeAndWhatTheSubjectAdds() throws IOException {
        admin.time.pass(Duration.ofMillis(2500));
        var status = get("/status", "").json();
        var version = config("p", 5);
        assertEquals(ConfigVersion.of(version).hash(), status.get("version").stringValue());
        assertEquals(2.5, status.get("uptime").doubleValue());
        assertEquals(2, status.get("endpoints").intValue());
    }

    @Test
    void metricsArePrometheusTextAndOpenMetricsForWhoAsks() throws IOException {
        var plain = get("/metrics", "");
        assertTrue(String.valueOf(plain.header("content-type")).startsWith("text/plain"));
        assertTrue(plain.text().contains("batchmesh_test_total 3.0"), plain.text());
        assertFalse(plain.text().contains("# EOF"));
        var open = get("/metrics", "Accept: application/openmetrics-text; version=1.0.0\r\n");
        assertTrue(open.text().endsWith("# EOF\n"), open.text());
    }

    @Test
    void metricsAreCompressedForWhoAsks() throws IOException {
        var reply = get("/metrics", "Accept-Encoding: deflate, gzip;q=0.5\r\n");
        assertEquals("gzip", reply.header("content-encoding"));
        try (var in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.contains("batchmesh_test_total 3.0"), text);
        }
        assertNull(get("/metrics", "Accept-Encoding: gzip;q=0\r\n").header("content-encoding"));
    }

    @Test
    void aProxyIsReadyWithAConfigAndASubjectThatIs() throws IOException {
        assertEquals(200, get("/live", "").status());
        assertEquals(200, get("/ready", "").status());
        admin.subject.ready(false);
        assertEquals(503, get("/ready", "").status());
        try (var empty = RunningAdmin.with(null)) {
            assertEquals(503, Raw.get(empty.uri(), "/ready").status());
        }
    }

    @Test
    void aDrainedProxyIsNotReady() throws Exception {
        assertEquals(202, Raw.call(admin.uri(), "POST", "/drain", "", "").status());
        assertTrue(admin.subject.drained.await(5, TimeUnit.SECONDS));
        assertEquals(503, get("/ready", "").status());
        assertTrue(get("/status", "").json().get("draining").booleanValue());
    }

    @Test
    void anUnknownPathIs404AndAnUnknownMethodSaysWhichThereAre() throws IOException {
        assertEquals(404, get("/", "").status());
        assertEquals(404, get("/config/", "").status());
        assertEquals(404, get("/config/history/", "").status());
        var reply = Raw.call(admin.uri(), "DELETE", "/config", "", "");
        assertEquals(405, reply.status());
        assertEquals("GET, PUT", reply.header("allow"));
    }

    @Test
    void everyCallIsDescribedAndEveryDescribedCallIsThere() throws IOException {
        var document = get("/openapi.json", "").json();
        assertEquals("3.1.0", document.get("openapi").stringValue());
        var described = new TreeSet<String>();
        document.get("paths")
                .propertyStream()
                .forEach(p -> {
                    var methods = p.getValue().propertyNames();
                    methods.forEach(
                            m -> described.add(m.toUpperCase(Locale.ROOT) + " " + p.getKey()));
                });
        assertEquals(new TreeSet<>(admin.server().calls()), described);
    }

    @Test
    void everyReferenceOfTheDescriptionLeadsSomewhere() throws IOException {
        var document = get("/openapi.json", "").json();
        for (var reference : document.findValuesAsString("$ref")) {
            assertTrue(reference.startsWith("#/"), reference);
            var found = document.at(reference.substring(1));
            assertFalse(found.isMissingNode(), reference);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        var headers =
                "Content-Type: application/json\r\nIf-Match: *\r\nContent-Length: 4194305\r\n";
        assertEquals(413, Raw.call(admin.uri(), "PUT", "/config", headers, "").status());
        var head =
                String.join(
                        "\r\n",
                        "PUT /config HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Content-Type: application/json",
                        "If-Match: *",
                        "Transfer-Encoding: chunked",
                        "",
                        "");
        var chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        assertEquals(413, Raw.send(admin.uri(), head + chunk.repeat(4) + "1\r\nx").status());
    }

    @Test
    void aConnectionServesSeveralCallsOneAfterTheOther() throws IOException {
        var one = "GET /live HTTP/1.1\r\nHost: localhost\r\n";
        try (var socket = new Socket(admin.uri().getHost(), admin.uri().getPort())) {
            var out = socket.getOutputStream();
            for (int i = 0; i < 3; i++) {
                out.write((one + "\r\n").getBytes(StandardCharsets.US_ASCII));
                readLive(socket);
            }
            out.write((one + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertEquals(200, Raw.read(socket.getInputStream()).status());
        }
    }

    private static void readLive(Socket socket) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("}\n") < 0) {
            text.append((char) socket.getInputStream().read());
        }
        assertTrue(text.toString().startsWith("HTTP/1.1 200 "), text.toString());
    }

    @Test
    void whoSendsSlowlyIsLetGoWhateverHisPace() throws IOException {
        try (var hasty = new RunningAdmin(AdminSettings.loopback().withLimits(HASTY), null);
                var socket = new Socket(hasty.uri().getHost(), hasty.uri().getPort())) {
            socket.getOutputStream().write("GET /live HT".getBytes(StandardCharsets.US_ASCII));
            assertEquals(408, Raw.read(socket.getInputStream()).status());
        }
    }

    @Test
    void whoKeepsSilentIsLetGo() throws IOException {
        try (var hasty = new RunningAdmin(AdminSettings.loopback().withLimits(HASTY), null);
                var socket = new Socket(hasty.uri().getHost(), hasty.uri().getPort())) {
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void beyondTheBoundConnectionsAreClosedAtOnce() throws IOException {
        var limits =
                new AdminSettings.Limits(1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(1), 2);
        try (var small = new RunningAdmin(AdminSettings.loopback().withLimits(limits), null);
                var first = new Socket(small.uri().getHost(), small.uri().getPort());
                var second = new Socket(small.uri().getHost(), small.uri().getPort());
                var third = new Socket(small.uri().getHost(), small.uri().getPort())) {
            assertEquals(-1, third.getInputStream().read());
            assertTrue(first.isConnected() && second.isConnected());
        }
    }

    @Test
    void aSecondEndpointAtTheSameAddressSaysSo() {
        var settings = AdminSettings.of(admin.server().address());
        var problem = assertThrows(AssertionError.class, () -> new RunningAdmin(settings, null));
        assertTrue(String.valueOf(problem.getMessage()).contains("cannot listen on"));
    }

    @Test
    void theDescriptionIsStrictJson() throws IOException {
        var text = get("/openapi.json", "").body();
        assertTrue(JsonDocument.parse(text) instanceof Parsed.Ok);
        JsonNode paths = get("/openapi.json", "").json().get("paths");
        assertEquals(List.of("get", "put"), List.copyOf(paths.get("/config").propertyNames()));
    }

    @Test
    void waitingForContinueIsAnswered() throws IOException {
        var body = ConfigJson.pretty(config("p", 6));
        var headers = "Content-Type: application/json\r\nIf-Match: *\r\nExpect: 100-continue\r\n";
        var reply = Raw.call(admin.uri(), "PUT", "/config", headers, body);
        assertEquals(100, reply.status());
        assertTrue(reply.text().startsWith("HTTP/1.1 200 "), reply.text());
    }
}
