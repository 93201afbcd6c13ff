package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.batchmesh.json.JsonDocument;
import io.batchmesh.json.Parsed;
import io.batchmesh.model.Topology;
import io.batchmesh.proxy.loop.Transport;
import io.batchmesh.time.Clocks;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ProxyCommandTest {
    private static final String CONFIG =
            """
            { "format": "batchmesh-proxy/v1", "proxy": "a-1", "service": "a",
              "listeners": { "outbound": "127.0.0.1:0", "inbound": "127.0.0.1:0" }, "links": [] }
            """;

    private final ExecutorService io = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final EventLoopGroup loops =
            Transport.newLoops(1, new DefaultThreadFactory("test-loop", true));
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch printed = new CountDownLatch(1);
    private final StringWriter err = new StringWriter();
    private final StringWriter out =
            new StringWriter() {
                @Override
                public void flush() {
                    if (!getBuffer().isEmpty()) {
                        printed.countDown();
                    }
                }
            };

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void shutDown() {
        io.shutdownNow();
        timer.shutdownNow();
        loops.shutdownGracefully();
    }

    /** Stands where no desktop may be opened. */
    private record NoDesktop() implements Desktop {
        @Override
        public int open(OpenRequest request, CommandContext context) {
            return fail("no desktop here");
        }

        @Override
        public void render(Topology topology, Path picture, boolean light) {
            fail("no desktop here");
        }
    }

    private int run(String... arguments) {
        var console =
                new CommandContext.Console(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        false,
                        Map.of("XDG_STATE_HOME", directory.toString()));
        var context =
                new CommandContext(
                        console,
                        new Clocks(InstantSource.system(), System::nanoTime),
                        io,
                        timer,
                        () -> loops,
                        OkHttpClient::new,
                        new NoDesktop(),
                        stop);
        return BatchmeshCommand.commandLine(context).execute(arguments);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("config.json"), text);
    }

    private JsonNode document() {
        return switch (JsonDocument.parse(out.toString().getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok ok -> ok.document().root();
            case Parsed.Bad bad -> fail(bad + ": " + out);
        };
    }

    @Test
    void aProxyRunsAndSaysWhereUntilItIsStoppedAndThenExitsWithZero() throws Exception {
        var file = write(CONFIG);
        var exit =
                CompletableFuture.supplyAsync(
                        () -> run("proxy", "--config", file.toString(), "--json"), io);
        assertTrue(printed.await(20, TimeUnit.SECONDS), err.toString());
        var said = document();
        assertEquals("a-1", said.get("proxy").asString());
        var admin = URI.create(said.get("admin").asString()).resolve("/config");
        var request = new Request.Builder().url(admin.toString()).build();
        try (var reply = new OkHttpClient().newCall(request).execute()) {
            assertEquals(200, reply.code());
            assertEquals("\"" + said.get("version").asString() + "\"", reply.header("ETag"));
        }
        stop.raise();
        assertEquals(ExitCode.DONE, exit.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aConfigWithFaultsIsRefusedWithTheirPlaces() throws IOException {
        var file = write(CONFIG.replace("\"links\": []", "\"links\": [], \"linger\": \"-1ms\""));
        assertEquals(ExitCode.INVALID, run("proxy", "--config", file.toString()));
        assertTrue(err.toString().contains("linger"), err.toString());
        assertTrue(err.toString().contains(":2:"), err.toString());
    }

    @Test
    void aConfigThatAsksForTlsIsNotRunInClearText() throws IOException {
        var tls = "\"links\": [], \"tls\": { \"mode\": \"mutual\" }";
        var file = write(CONFIG.replace("\"links\": []", tls));
        assertEquals(ExitCode.INVALID, run("proxy", "--config", file.toString()));
        assertTrue(err.toString().contains("TLS"), err.toString());
    }

    @Test
    void aMissingFileAndABadAddressAreSaidInOneLine() {
        assertEquals(ExitCode.INVALID, run("proxy", "--config", "/nowhere.json"));
        assertTrue(err.toString().contains("/nowhere.json: there is no such file"), err.toString());
        assertEquals(ExitCode.USAGE, run("proxy", "--config", "x", "--admin", "here"));
        assertTrue(err.toString().contains("--admin: 'here' is no address"), err.toString());
    }
}
