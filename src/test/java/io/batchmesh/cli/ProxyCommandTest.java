package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyCommandTest {
    private static final String CONFIG =
            """
            { "format": "batchmesh-proxy/v1", "proxy": "a-1", "service": "a",
              "listeners": { "outbound": "127.0.0.1:0", "inbound": "127.0.0.1:0" }, "links": [] }
            """;

    private final CommandRun shell = new CommandRun(1);

    @TempDir private Path directory = Path.of(".");

    @AfterEach
    void shutDown() {
        shell.close();
    }

    private int run(String... arguments) {
        return shell.with("XDG_STATE_HOME", directory).run(arguments);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("config.json"), text);
    }

    @Test
    void aProxyRunsAndSaysWhereUntilItIsStoppedAndThenExitsWithZero() throws Exception {
        var file = write(CONFIG);
        var exit =
                shell.with("XDG_STATE_HOME", directory)
                        .start("proxy", "--config", file.toString(), "--json");
        assertTrue(shell.printedWithin(Duration.ofSeconds(20)), shell.err());
        var said = shell.json();
        assertEquals("a-1", said.get("proxy").asString());
        var admin = URI.create(said.get("admin").asString()).resolve("/config");
        var request = new Request.Builder().url(admin.toString()).build();
        try (var reply = new OkHttpClient().newCall(request).execute()) {
            assertEquals(200, reply.code());
            assertEquals("\"" + said.get("version").asString() + "\"", reply.header("ETag"));
        }
        shell.stop().raise();
        assertEquals(ExitCode.DONE, exit.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aConfigWithFaultsIsRefusedWithTheirPlaces() throws IOException {
        var file = write(CONFIG.replace("\"links\": []", "\"links\": [], \"linger\": \"-1ms\""));
        assertEquals(ExitCode.INVALID, run("proxy", "--config", file.toString()));
        assertTrue(shell.err().contains("linger"), shell.err());
        assertTrue(shell.err().contains(":2:"), shell.err());
    }

    @Test
    void aConfigThatAsksForTlsIsNotRunInClearText() throws IOException {
        var tls = "\"links\": [], \"tls\": { \"mode\": \"mutual\" }";
        var file = write(CONFIG.replace("\"links\": []", tls));
        assertEquals(ExitCode.INVALID, run("proxy", "--config", file.toString()));
        assertTrue(shell.err().contains("TLS"), shell.err());
    }

    @Test
    void aMissingFileAndABadAddressAreSaidInOneLine() {
        assertEquals(ExitCode.INVALID, run("proxy", "--config", "/nowhere.json"));
        assertTrue(shell.err().contains("/nowhere.json: there is no such file"), shell.err());
        assertEquals(ExitCode.USAGE, run("proxy", "--config", "x", "--admin", "here"));
        assertTrue(shell.err().contains("--admin: 'here' is no address"), shell.err());
    }
}
