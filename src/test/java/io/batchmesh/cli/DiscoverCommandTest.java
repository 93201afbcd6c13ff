package io.batchmesh.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.observe.FakePrometheus;
import io.batchmesh.observe.MeshSeries;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoverCommandTest {
    private static final long END = 1_800_000_000_000L;

    private final CommandRun shell = new CommandRun();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private FakePrometheus server;
    private String address = "";

    @TempDir private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = new FakePrometheus(MeshSeries.everything(END, 60).series, END, threads);
        address = server.address().toString();
    }

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
        shell.close();
    }

    @Test
    void aMeshIsWrittenIntoANewFile() {
        var file = folder.resolve("found.json");
        assertEquals(
                ExitCode.DONE,
                shell.run("discover", "--prometheus", address, "--out", file.toString()));
        assertTrue(shell.out().contains("productpage->reviews"), shell.out());
        assertTrue(shell.out().contains("100/s"), shell.out());
        assertTrue(shell.out().contains("11 services, 6 links"), shell.out());
        var loaded = assertInstanceOf(LoadResult.Loaded.class, TopologyFile.load(file));
        assertNotNull(loaded.file().topology().link(LinkId.of("productpage", "reviews")));
        shell.clear();
        assertEquals(
                ExitCode.USAGE,
                shell.run("discover", "--prometheus", address, "--out", file.toString()));
        assertTrue(shell.err().contains("is there already; name another"), shell.err());
    }

    @Test
    void whatADrawingDoesNotKnowIsToldInJson() throws IOException {
        var sample = Path.of("sample-topologies/bookinfo.json");
        var before = Files.readString(sample);
        assertEquals(
                ExitCode.DONE,
                shell.run(
                        "discover",
                        sample.toString(),
                        "--prometheus",
                        address.substring(7),
                        "--json"));
        var json = shell.json();
        assertTrue(json.get("notDrawn").toString().contains("web->voting"), json.toString());
        var seen =
                json.get("links")
                        .valueStream()
                        .filter(l -> l.get("link").asString().equals("productpage->reviews"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(100, seen.get("itemsPerSecond").asDouble(), 1e-6);
        assertEquals(0.0198, seen.get("p99").asDouble(), 1e-9);
        assertEquals(before, Files.readString(sample), "the file stays as it is");
    }

    @Test
    void aServerThatIsNotThereIsUnreachableByItsName() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var nobody = "http://127.0.0.1:" + port;
        assertEquals(ExitCode.UNREACHABLE, shell.run("discover", "--prometheus", nobody));
        assertEquals(
                "batchmesh: discover: 127.0.0.1:%d: nobody listens at 127.0.0.1:%d\n"
                        .formatted(port, port),
                shell.err());
        shell.clear();
        server.authorization = "Bearer s3cret";
        assertEquals(ExitCode.UNREACHABLE, shell.run("discover", "--prometheus", address));
        assertTrue(shell.err().contains("it wants other credentials"), shell.err());
        shell.clear();
        var token = Files.writeString(folder.resolve("token"), "s3cret\n");
        assertEquals(
                ExitCode.DONE,
                shell.run("discover", "--prometheus", address, "--token-file", token.toString()));
    }

    @Test
    void anAddressThatIsNoneOrHoldsCredentialsIsWrongUsage() {
        assertEquals(ExitCode.USAGE, shell.run("discover", "--prometheus", "ftp://x/"));
        assertTrue(shell.err().contains("such as http://127.0.0.1:9090"), shell.err());
        shell.clear();
        assertEquals(ExitCode.USAGE, shell.run("discover", "--prometheus", "http://a:s3cret@x:1/"));
        assertTrue(!shell.err().contains("s3cret"), shell.err());
    }
}
