package io.batchmesh.mesh;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.ConfigVersion;
import io.batchmesh.mesh.CallFigures.Count;
import io.batchmesh.model.LinkId;
import io.batchmesh.model.Topology;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.time.Clocks;
import io.batchmesh.translate.SidecarTranslation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningMeshTest {
    private static final Loops LOOPS = new Loops();
    private static final ExecutorService IO = Executors.newVirtualThreadPerTaskExecutor();
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final MeshParts PARTS =
            new MeshParts(LOOPS.group, new Clocks(InstantSource.system(), System::nanoTime), IO);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final LinkId DOOR = LinkId.of("door", "shop");
    private static final LinkId STOCK = LinkId.of("shop", "stock");
    private static final LinkId BANK = LinkId.of("shop", "bank");

    @TempDir private static Path directory;

    @AfterAll
    static void close() {
        IO.shutdownNow();
        LOOPS.close();
    }

    private static String get(URI address) throws IOException {
        try (var response =
                HTTP.newCall(new Request.Builder().url(address.toString()).build()).execute()) {
            assertEquals(200, response.code(), address.toString());
            return response.body().string();
        }
    }

    private static CallFigures generated(RunningMesh mesh) {
        return mesh.generated().getOrDefault(DOOR, CallFigures.NONE);
    }

    private static CallFigures made(RunningMesh mesh, LinkId link) {
        return mesh.made().getOrDefault(link, CallFigures.NONE);
    }

    @Test
    void callsGoThroughRealSidecarsAndEveryAnswerIsItsOwn() throws Exception {
        var topology = Small.topology(directory);
        try (var mesh = RunningMesh.start(topology, MeshSettings.DEFAULT, PARTS)) {
            Await.until(
                    "answers on every link",
                    SOON,
                    () ->
                            generated(mesh).count(Count.OWN) >= 120
                                    && made(mesh, STOCK).count(Count.OWN) >= 100
                                    && made(mesh, BANK).count(Count.OWN) >= 10);
            for (var figures : List.of(generated(mesh), made(mesh, STOCK), made(mesh, BANK))) {
                assertEquals(0, figures.count(Count.WRONG), figures.toString());
                assertEquals(0, figures.count(Count.ERROR), figures.toString());
                assertEquals(0, figures.count(Count.FAILED), figures.toString());
            }
            double stock = made(mesh, STOCK).mean(CallFigures.Clock.WRITTEN);
            assertTrue(stock >= 0.011, "5 ms there, 5 ms back, 1 ms of service: " + stock);
            checkProxies(mesh, topology);
        }
    }

    @Test
    void aSecuredMeshRenewsItsCertificatesUnderLoadWithoutAnError() throws Exception {
        var topology = Small.secured(directory);
        var settings = MeshSettings.DEFAULT.withCertificateLife(Duration.ofSeconds(10));
        Path certificates;
        try (var mesh = RunningMesh.start(topology, settings, PARTS)) {
            certificates = Path.of(requireNonNull(mesh.addresses().certificates()));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(
                                    certificates.resolve("stock-v1-1/key.pem"))));
            var stock = mesh.registration("/t/small.json").proxies().getLast().admin();
            Await.until(
                    "a renewal, and answers after it",
                    SOON,
                    () -> reloads(stock) >= 1 && made(mesh, STOCK).count(Count.OWN) >= 300);
            for (var figures : List.of(generated(mesh), made(mesh, STOCK), made(mesh, BANK))) {
                assertEquals(0, figures.count(Count.WRONG), figures.toString());
                assertEquals(0, figures.count(Count.ERROR), figures.toString());
                assertEquals(0, figures.count(Count.FAILED), figures.toString());
            }
            var status = get(stock.resolve("/status"));
            assertTrue(status.contains("spiffe://batchmesh.local/service/stock"), status);
            checkProxies(mesh, topology);
        }
        assertFalse(Files.exists(certificates));
    }

    private static int reloads(URI admin) {
        var label = "batchmesh_tls_reloads_total{result=\"ok\"} ";
        try {
            var metrics = get(admin.resolve("/metrics"));
            int at = metrics.indexOf(label) + label.length();
            return (int) Double.parseDouble(metrics.substring(at, metrics.indexOf('\n', at)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the proxies themselves what they run and what they saw. */
    private static void checkProxies(RunningMesh mesh, Topology topology) throws IOException {
        var wanted = SidecarTranslation.configs(topology, mesh.addresses());
        var proxies = mesh.registration("/t/small.json").proxies();
        assertEquals(wanted.size(), proxies.size());
        for (int i = 0; i < wanted.size(); i++) {
            var text = get(proxies.get(i).admin().resolve("/config"));
            var read = ConfigJson.read(text.getBytes(StandardCharsets.UTF_8));
            var version = ConfigVersion.of(wanted.get(i));
            assertEquals(new ConfigResult.Valid(wanted.get(i), version), read);
        }
        var shop = get(proxies.get(1).admin().resolve("/metrics"));
        assertTrue(
                shop.contains("batchmesh_stage_items_total{link=\"shop->stock\",stage=\"send\"}"),
                shop);
        assertTrue(shop.contains("link=\"shop->bank\""), shop);
    }

    @Test
    void aGetAtTheEntryMakesItCallOthersAndARegistrationReadsBack() throws Exception {
        var topology = Small.topology(directory);
        var settings = MeshSettings.DEFAULT.withRate(0.001);
        URI entry;
        try (var mesh = RunningMesh.start(topology, settings, PARTS)) {
            entry = mesh.entry();
            assertTrue(get(entry).contains("\"failedCalls\":0"));
            assertEquals(1, made(mesh, DOOR).count(Count.OWN));
            assertEquals(1, made(mesh, STOCK).count(Count.OWN));
            var registration = mesh.registration("/t/small.json");
            assertEquals(registration, LocalMesh.read(registration.json().toString()), "as JSON");
            assertEquals(mesh.addresses(), registration.addresses());
        }
        assertThrows(IOException.class, () -> get(entry), "it still answers after its end");
    }

    @Test
    void aTopologyWithoutEndpointsOrRatesIsRefusedInOneLine() {
        var none =
                assertThrows(
                        MeshFailure.class,
                        () -> RunningMesh.start(Topology.empty("t"), MeshSettings.DEFAULT, PARTS));
        assertTrue(
                String.valueOf(none.getMessage()).contains("add endpoints"),
                String.valueOf(none.getMessage()));
        var scaled = MeshSettings.DEFAULT.withRate(5.0);
        var still =
                assertThrows(
                        MeshFailure.class,
                        () -> RunningMesh.start(Topology.empty("t"), scaled, PARTS));
        assertTrue(
                String.valueOf(still.getMessage()).contains("no link has a rate"),
                String.valueOf(still.getMessage()));
    }
}
