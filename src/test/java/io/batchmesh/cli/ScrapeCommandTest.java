package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Topology;
import io.batchmesh.time.Clocks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
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

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void shutDown() {
        io.shutdownNow();
        timer.shutdownNow();
    }

    /** Stands where no desktop may be opened. */
    private record NoDesktop() implements Desktop {
        @Override
        public int open(OpenRequest request, CommandContext context) {
            throw new AssertionError("no desktop here");
        }

        @Override
        public void render(Topology topology, Path picture, boolean light) {
            throw new AssertionError("no desktop here");
        }
    }

    private int run(byte[] in, String... arguments) {
        var console =
                new CommandContext.Console(
                        new ByteArrayInputStream(in),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        false,
                        Map.of());
        var context =
                new CommandContext(
                        console,
                        new Clocks(InstantSource.system(), System::nanoTime),
                        io,
                        timer,
                        () -> fail("no event loops needed"),
                        OkHttpClient::new,
                        new NoDesktop(),
                        new StopSignal());
        return BatchmeshCommand.commandLine(context).execute(arguments);
    }

    private int run(String in, String... arguments) {
        return run(in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private JsonNode json() {
        return switch (JsonDocument.parse(out.toString().getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok ok -> ok.document().root();
            case Parsed.Bad bad -> fail(bad + ": " + out);
        };
    }

    private void assertSays(String message) {
        assertTrue(err.toString().contains(message), err.toString());
        assertEquals(1, err.toString().lines().count(), "one line: " + err);
        assertEquals("", out.toString());
        assertFalse(err.toString().contains("\tat "), "no stack trace");
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
        assertEquals("a (untyped): One\\nTwo\n  a{x=\"?[2Jü\"}  1\n", out.toString());
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
        assertFalse(err.toString().contains("secret"), err.toString());
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
        err.getBuffer().setLength(0);
        assertEquals(ExitCode.USAGE, run("", "scrape", "http://127.0.0.1/", "--timeout", "soon"));
        assertSays("--timeout");
        err.getBuffer().setLength(0);
        assertEquals(ExitCode.USAGE, run("", "scrape", "http://a b/"));
        assertSays("not an address");
    }
}
