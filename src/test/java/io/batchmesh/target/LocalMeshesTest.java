package io.batchmesh.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.LinkId;
import io.batchmesh.model.ProxyId;
import io.batchmesh.model.ServiceId;
import io.batchmesh.translate.AddressBook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMeshesTest {
    @TempDir Path directory;

    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    private LocalMeshes meshes() {
        return new LocalMeshes(directory.resolve("run"), running::contains);
    }

    private LocalMesh mesh(String name, long pid) {
        running.add(pid);
        var site = new AddressBook.Site("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3");
        var id = new ProxyId("reviews-v1-1");
        var proxy =
                new LocalMesh.LocalProxy(
                        id, new ServiceId("reviews"), "v1", URI.create("http://127.0.0.1:4"), site);
        var detour = new LocalMesh.Detour(LinkId.of("page", "reviews"), id, "127.0.0.1:5");
        var entry = URI.create("http://127.0.0.1:6");
        return new LocalMesh(name, pid, entry, "/t/x.json", List.of(proxy), List.of(detour));
    }

    @Test
    void aRegisteredMeshIsListedAsItWasUntilItIsClosed() throws IOException {
        var mesh = mesh("bookinfo", 11);
        try (var registration = meshes().register(mesh)) {
            assertTrue(registration != null);
            assertEquals(List.of(mesh), meshes().list());
        }
        assertEquals(List.of(), meshes().list());
    }

    @Test
    void theMeshOfADeadProcessIsSkippedAndItsFileRemoved() throws IOException {
        meshes().register(mesh("bookinfo", 11));
        running.clear();
        assertEquals(List.of(), meshes().list());
        try (var files = Files.list(directory.resolve("run"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void theOperatingSystemKnowsThatWeRun() throws IOException {
        var here = LocalMeshes.in(directory);
        var pid = ProcessHandle.current().pid();
        try (var registration = here.register(mesh("bookinfo", pid))) {
            assertTrue(registration != null);
            assertEquals(1, here.list().size());
        }
    }

    @Test
    void aFileThatIsNoRegistrationDoesNotHideTheOthers() throws IOException {
        var mesh = mesh("bookinfo", 11);
        meshes().register(mesh);
        Files.writeString(directory.resolve("run/mesh-1-x.json"), "{ garbage");
        Files.writeString(directory.resolve("run/mesh-2-x.json"), "{\"name\":7}");
        assertEquals(List.of(mesh), meshes().list());
    }

    @Test
    void onlyTheUserMayReadTheDirectory() throws IOException {
        meshes().register(mesh("bookinfo", 11));
        var mode = Files.getPosixFilePermissions(directory.resolve("run"));
        assertEquals("rwx------", PosixFilePermissions.toString(mode));
    }

    @Test
    void localMeansTheOnlyMeshThatRuns() throws IOException {
        var none = assertInstanceOf(TargetLookup.NotRunning.class, meshes().find(null));
        assertTrue(none.reason().contains("batchmesh mesh FILE"), none.reason());
        var mesh = mesh("bookinfo", 11);
        meshes().register(mesh);
        assertEquals(new TargetLookup.Found(mesh.environment()), meshes().find(null));
    }

    @Test
    void withSeveralMeshesTheNameDecidesAndWithEqualNamesTheProcess() throws IOException {
        meshes().register(mesh("bookinfo", 11));
        meshes().register(mesh("boutique", 12));
        meshes().register(mesh("boutique", 13));
        assertInstanceOf(TargetLookup.Ambiguous.class, meshes().find(null));
        assertInstanceOf(TargetLookup.Found.class, meshes().find("bookinfo"));
        var twice = assertInstanceOf(TargetLookup.Ambiguous.class, meshes().find("boutique"));
        assertTrue(twice.reason().endsWith("local:12"), twice.reason());
        assertInstanceOf(TargetLookup.Found.class, meshes().find("13"));
        var other = assertInstanceOf(TargetLookup.NotRunning.class, meshes().find("x"));
        assertTrue(other.reason().contains("bookinfo (process 11)"), other.reason());
    }

    @Test
    void theAddressesOfAMeshWinOverTheDrawing() {
        var book = mesh("bookinfo", 11).addresses();
        var id = new ProxyId("reviews-v1-1");
        assertEquals("127.0.0.1:5", book.dial(LinkId.of("page", "reviews"), id));
        assertEquals("127.0.0.1:2", book.dial(LinkId.of("other", "reviews"), id));
    }

    @Test
    void theRuntimeDirectoryFollowsTheXdgSpecification() {
        var home = directory.resolve("home");
        var set = Map.of("XDG_RUNTIME_DIR", directory.toString());
        var tmp = directory.resolve("tmp");
        var of = UserDirectories.of(set, null, "ann", tmp);
        assertEquals(directory.resolve("batchmesh"), of.runtime());
        assertEquals(tmp.resolve("batchmesh-ann"), of.state());
        var relative = Map.of("XDG_RUNTIME_DIR", "run");
        assertEquals(
                tmp.resolve("batchmesh-ann/run"),
                UserDirectories.of(relative, home, "ann", tmp).runtime());
        var state = UserDirectories.of(Map.of(), directory, "ann", tmp).state();
        assertEquals(directory.resolve(".local/state/batchmesh"), state);
    }
}
