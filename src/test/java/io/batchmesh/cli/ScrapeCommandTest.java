package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ScrapeCommandTest {
    private static final String TEXT =
            """
            # HELP d_seconds How long.
            # TYPE d_seconds histogram
            # UNIT d_seconds seconds
            d_seconds_bucket{le="0.5"} 1
            d_seconds_bucket{le="+Inf"} 2 1500
            d_seconds_sum NaN
            bare -Inf
            """;

    private final CommandRun shell = new CommandRun();

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void close() {
        shell.close();
    }

    private int run(byte[] in, String... arguments) {
        return shell.run(in, arguments);
    }

    private int run(String in, String... arguments) {
        return run(in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private JsonNode json() {
        return shell.json();
    }

    private void assertSays(String message) {
        assertTrue(shell.err().contains(message), shell.err());
        assertEquals(1, shell.err().lines().count(), "one line: " + shell.err());
        assertEquals("", shell.out());
        assertFalse(shell.err().contains("\tat "), "no stack trace");
    }

    @Test
    void aTokenFromAFileIsSentAndWithoutItTheReasonIsSaid() throws Exception {
        try (var server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().code(401).build());
            server.enqueue(new MockResponse.Builder().body("x 1\n").build());
            server.start();
            var address = server.url("/metrics").toString();
            assertEquals(ExitCode.UNREACHABLE, run("", "scrape", address));
            assertSays("answers with HTTP status 401: it wants other credentials");
            var token = Files.writeString(directory.resolve("token"), "s3cret\n");
            assertEquals(
                    ExitCode.DONE, run("", "scrape", address, "--token-file", token.toString()));
            server.takeRequest();
            assertEquals("Bearer s3cret", server.takeRequest().getHeaders().get("Authorization"));
            shell.clear();
            assertEquals(ExitCode.USAGE, run("", "scrape", address, "--user", "zoe"));
            assertSays("--user and --password-file are wanted together");
        }
    }

    @Test
    void standardInputBecomesJson() {
        assertEquals(ExitCode.DONE, run(TEXT, "scrape", "-", "--json"));
        var family = json().get("families").get(0);
        assertEquals("d_seconds", family.get("name").asString());
        assertEquals("histogram", family.get("type").asString());
        assertEquals("seconds", family.get("unit").asString());
        assertEquals("How long.", family.get("help").asString());
        var samples = family.get("samples");
        assertEquals(3, samples.size());
        assertEquals("d_seconds_bucket", samples.get(1).get("name").asString());
        assertEquals("+Inf", samples.get(1).get("labels").get("le").asString());
        assertEquals(2, samples.get(1).get("value").asDouble());
        assertEquals(1.5, samples.get(1).get("timestamp").asDouble());
        assertTrue(samples.get(0).get("timestamp").isNull());
        assertEquals("NaN", samples.get(2).get("value").asString());
        assertEquals(0, samples.get(2).get("labels").size());
        var bare = json().get("families").get(1);
        assertEquals("untyped", bare.get("type").asString());
        assertEquals("-Inf", bare.get("samples").get(0).get("value").asString());
    }

    @Test
    void anEmptyExpositionIsAnEmptyDocument() {
        assertEquals(ExitCode.DONE, run("", "scrape", "-", "--json"));
        assertEquals(0, json().get("families").size());
    }

    @Test
    void aFileBecomesTextThatCannotSteerTheTerminal() throws IOException {
        var file = directory.resolve("metrics.txt");
        Files.writeString(file, "# HELP a One\\nTwo\na{x=\"\u001b[2Jü\"} 1\n");
        assertEquals(ExitCode.DONE, run("", "scrape", file.toString()));
        assertEquals("a (untyped): One\\nTwo\n  a{x=\"?[2Jü\"}  1\n", shell.out());
    }

    @Test
    void aUrlIsFetched() throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(
                    new MockResponse.Builder()
                            .addHeader(
                                    "Content-Type", "application/openmetrics-text; version=1.0.0")
                            .body("# TYPE a counter\na_total 3 1.5\n# EOF\n")
                            .build());
            server.start();
            assertEquals(
                    ExitCode.DONE, run("", "scrape", server.url("/metrics").toString(), "--json"));
        }
        var family = json().get("families").get(0);
        assertEquals("a", family.get("name").asString());
        assertEquals(1.5, family.get("samples").get(0).get("timestamp").asDouble());
    }

    @Test
    void garbageIsUnreadableAndNamesItsPlace() throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().body("a 1\n<html>\n").build());
            server.start();
            assertEquals(
                    ExitCode.UNREACHABLE, run("", "scrape", server.url("/").toString(), "--json"));
        }
        assertSays("no exposition: line 2, column 1: ");
    }

    @Test
    void anotherStatusIsUnreadable() throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().code(503).build());
            server.start();
            assertEquals(ExitCode.UNREACHABLE, run("", "scrape", server.url("/").toString()));
        }
        assertSays("answers with HTTP status 503");
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertEquals(
                ExitCode.UNREACHABLE,
                run("", "scrape", "http://me:secret@127.0.0.1:" + port + "/metrics"));
        assertSays("nobody listens at 127.0.0.1:" + port);
        assertFalse(shell.err().contains("secret"), shell.err());
    }

    @Test
    void aTargetThatHangsIsUnreachableInTime() throws IOException {
        try (var socket = new ServerSocket(0)) {
            var url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
            assertEquals(ExitCode.UNREACHABLE, run("", "scrape", url, "--timeout", "200ms"));
        }
        assertSays("no complete answer within 200 ms");
    }

    @Test
    void aMissingFileSaysSo() {
        assertEquals(
                ExitCode.UNREACHABLE, run("", "scrape", directory.resolve("nothing").toString()));
        assertSays("there is no such file");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertEquals(ExitCode.UNREACHABLE, run("", "scrape", directory.toString()));
        assertSays("is a directory");
    }

    @Test
    void aFileOver32MiBIsRefused() throws IOException {
        var file = directory.resolve("big");
        try (var big = new RandomAccessFile(file.toFile(), "rw")) {
            big.setLength(50 << 20);
        }
        assertEquals(ExitCode.UNREACHABLE, run("", "scrape", file.toString()));
        assertSays("longer than 32 MiB");
    }

    @Test
    void wrongUsageIsToldApart() {
        assertEquals(ExitCode.USAGE, run("", "scrape", "ftp://host/x"));
        assertSays("must be http://");
        shell.clear();
        assertEquals(ExitCode.USAGE, run("", "scrape", "http://127.0.0.1/", "--timeout", "soon"));
        assertSays("--timeout");
        shell.clear();
        assertEquals(ExitCode.USAGE, run("", "scrape", "http://a b/"));
        assertSays("not an address");
    }
}
