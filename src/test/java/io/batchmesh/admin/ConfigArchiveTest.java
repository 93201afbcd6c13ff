package io.batchmesh.admin;

import static io.batchmesh.admin.RunningAdmin.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.config.ProxyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy remembers when it starts again. */
class ConfigArchiveTest {
    private static final ProxyConfig FILE = config("p", 1);
    private static final ProxyConfig PUSHED = config("p", 2);

    @TempDir Path directory;

    private RunningAdmin start(boolean reset) {
        return new RunningAdmin(AdminSettings.loopback().withState(directory, reset), FILE);
    }

    private static Raw.Reply put(RunningAdmin admin, String query, ProxyConfig config)
            throws IOException {
        var headers = "Content-Type: application/json\r\nIf-Match: *\r\nBatchmesh-Push: push-1\r\n";
        return Raw.call(admin.uri(), "PUT", "/config" + query, headers, ConfigJson.pretty(config));
    }

    private static void assertRuns(ProxyConfig config, RunningAdmin admin) {
        var version = Objects.requireNonNull(admin.server().runningVersion());
        assertEquals(ConfigVersion.of(config), version);
        assertEquals(config, admin.subject.applied().getLast().config());
    }

    @Test
    void whatWasPushedLastWinsOverTheFileAndItsHistoryIsKept() throws IOException {
        try (var admin = start(false)) {
            assertRuns(FILE, admin);
            put(admin, "", PUSHED);
        }
        try (var admin = start(false)) {
            assertRuns(PUSHED, admin);
            assertEquals("push-1", Raw.get(admin.uri(), "/config").header("batchmesh-push"));
            var earlier = "/config/history/" + ConfigVersion.of(FILE);
            assertEquals(ConfigJson.pretty(FILE), Raw.get(admin.uri(), earlier).text());
        }
    }

    @Test
    void unlessItIsToldToForget() throws IOException {
        try (var admin = start(false)) {
            put(admin, "", PUSHED);
        }
        try (var admin = start(true)) {
            assertRuns(FILE, admin);
        }
        try (var admin = start(false)) {
            assertRuns(FILE, admin);
        }
    }

    @Test
    void whatWasNotConfirmedIsGoneAfterARestart() throws IOException {
        try (var admin = start(false)) {
            assertEquals(200, put(admin, "?confirmWithin=60s", PUSHED).status());
            assertRuns(PUSHED, admin);
        }
        try (var admin = start(false)) {
            assertRuns(FILE, admin);
            var history = Raw.get(admin.uri(), "/config/history").json().get("history");
            assertEquals("reverted", history.get(0).get("state").stringValue());
        }
    }

    @Test
    void aDamagedMemoryIsNotUsed() throws IOException {
        try (var admin = start(false)) {
            put(admin, "", PUSHED);
        }
        var file = directory.resolve(ConfigVersion.of(PUSHED) + ".json");
        Files.writeString(file, ConfigJson.pretty(config("p", 666)));
        try (var admin = start(false)) {
            assertRuns(FILE, admin);
        }
        Files.writeString(directory.resolve("state.json"), "{ garbage");
        try (var admin = start(false)) {
            assertRuns(FILE, admin);
        }
    }

    @Test
    void onlyTheLastTenAreKeptOnDisk() throws IOException {
        try (var admin = start(false)) {
            for (int i = 2; i < 20; i++) {
                put(admin, "", config("p", i));
            }
        }
        try (var files = Files.list(directory)) {
            assertEquals(11, files.count());
        }
    }

    @Test
    void aConfigThatCannotBeKeptIsNotTaken() throws IOException {
        try (var admin = start(false)) {
            // A file where the directory should be.
            Files.deleteIfExists(directory);
            Files.writeString(directory, "in the way");
            assertEquals(500, put(admin, "", PUSHED).status());
            assertRuns(FILE, admin);
            Files.delete(directory);
            assertEquals(200, put(admin, "", PUSHED).status());
            assertRuns(PUSHED, admin);
        }
    }

    @Test
    void withoutADirectoryNothingIsKept() {
        try (var admin = RunningAdmin.with(null)) {
            assertNull(admin.server().runningVersion());
        }
    }
}
