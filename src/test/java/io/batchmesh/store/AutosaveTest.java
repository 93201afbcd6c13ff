package io.batchmesh.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutosaveTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path home = Path.of(".");

    private final Deque<Runnable> due = new ArrayDeque<>();
    private Path journals = Path.of(".");
    private Path path = Path.of(".");

    @BeforeEach
    void file() throws IOException {
        journals = home.resolve("state");
        path = home.resolve("t.json");
        Files.writeString(path, TopologyJson.pretty(Topology.empty("original")));
    }

    private TopologyFile open() {
        return assertInstanceOf(LoadResult.Loaded.class, TopologyFile.load(path)).file();
    }

    private Autosave autosave() {
        var timing = new Autosave.Timing(InstantSource.fixed(NOON), this::later, Runnable::run);
        return new Autosave(journals, open(), timing);
    }

    private void later(Duration delay, Runnable task) {
        assertTrue(delay.compareTo(Duration.ofSeconds(5)) < 0, "an edit waits " + delay);
        due.add(task);
    }

    private void timePasses() {
        for (int i = due.size(); i > 0; i--) {
            due.removeFirst().run();
        }
    }

    private List<String> kept() throws IOException {
        if (!Files.exists(journals)) {
            return List.of();
        }
        try (var files = Files.list(journals)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private Recovery recover() {
        return Journals.recover(journals, path);
    }

    @Test
    void theLastEditIsKeptOnceForManyEdits() throws IOException {
        try (var autosave = autosave()) {
            for (int i = 0; i < 10; i++) {
                autosave.changed(Topology.empty("edit " + i));
            }
            assertEquals(1, due.size());
            assertEquals(List.of(), kept());
            timePasses();
            assertEquals(2, kept().size(), "a journal and its lock: " + kept());
        }
        var found = recover().found();
        assertEquals(1, found.size());
        assertEquals(Topology.empty("edit 9"), found.getFirst().topology());
        assertEquals(NOON, found.getFirst().time());
        assertFalse(found.getFirst().fileChanged());
        assertEquals("original", open().topology().name());
    }

    @Test
    void aSaveRemovesTheJournal() throws IOException {
        try (var autosave = autosave()) {
            autosave.changed(Topology.empty("edit"));
            timePasses();
            autosave.saved(open());
            assertEquals(List.of(), kept());
            timePasses();
            assertEquals(List.of(), kept());
        }
        assertEquals(List.of(), recover().found());
    }

    @Test
    void anEditAfterASaveIsKeptAgainAlsoUnderAnotherName() throws IOException {
        var other = home.resolve("other.json");
        Files.copy(path, other);
        var loaded = assertInstanceOf(LoadResult.Loaded.class, TopologyFile.load(other));
        try (var autosave = autosave()) {
            autosave.changed(Topology.empty("one"));
            timePasses();
            autosave.saved(loaded.file());
            autosave.changed(Topology.empty("two"));
            timePasses();
        }
        assertEquals(List.of(), recover().found());
        assertEquals(1, Journals.recover(journals, other).found().size());
    }

    @Test
    void theJournalOfAProgramThatRunsIsLeftAlone() {
        var running = autosave();
        running.changed(Topology.empty("edit"));
        timePasses();
        assertEquals(List.of(), recover().found());
        running.close();
        assertEquals(1, recover().found().size());
    }

    @Test
    void anEditRightBeforeTheEndIsKept() {
        var autosave = autosave();
        autosave.changed(Topology.empty("edit"));
        autosave.close();
        assertEquals(1, recover().found().size());
    }

    @Test
    void whatIsDiscardedIsNotOfferedAgain() {
        var autosave = autosave();
        autosave.changed(Topology.empty("edit"));
        timePasses();
        autosave.discard();
        autosave.close();
        assertEquals(List.of(), recover().found());
    }

    @Test
    void whatIsTakenOverStaysUntilItIsKeptAnew() {
        var first = autosave();
        first.changed(Topology.empty("edit"));
        first.close();
        var recovered = recover().found().getFirst();
        try (var second = autosave()) {
            second.changed(recovered.topology());
            second.adopt(recovered);
            assertTrue(Files.exists(recovered.journal()));
            timePasses();
            assertFalse(Files.exists(recovered.journal()));
        }
        assertEquals(recovered.topology(), recover().found().getFirst().topology());
    }

    @Test
    void aFileThatWasChangedInTheMeantimeIsSaidToBe() throws IOException {
        var autosave = autosave();
        autosave.changed(Topology.empty("edit"));
        autosave.close();
        Files.writeString(path, TopologyJson.pretty(Topology.empty("somebody else's")));
        assertTrue(recover().found().getFirst().fileChanged());
        assertEquals("somebody else's", open().topology().name());
    }

    @Test
    void editsThatTheFileHoldsByNowAreNotOffered() throws IOException {
        var autosave = autosave();
        autosave.changed(Topology.empty("edit"));
        autosave.close();
        Files.writeString(path, TopologyJson.pretty(Topology.empty("edit")));
        assertEquals(new Recovery(List.of(), List.of()), recover());
        assertEquals(List.of(), kept());
    }

    @Test
    void aJournalThatCannotBeReadIsReportedAndLeftThere() throws IOException {
        var autosave = autosave();
        autosave.changed(Topology.empty("edit"));
        autosave.close();
        var journal = recover().found().getFirst().journal();
        Files.writeString(journal, "{ half");
        assertEquals(List.of(), recover().found());
        assertTrue(recover().problems().getFirst().contains(journal.toString()));
        assertTrue(Files.exists(journal));
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidAndTriedAgain() throws IOException {
        Files.writeString(journals, "a file in the way");
        try (var autosave = autosave()) {
            autosave.changed(Topology.empty("edit"));
            timePasses();
            assertNotNull(autosave.problem());
            Files.delete(journals);
            timePasses();
            assertNull(autosave.problem());
        }
        assertEquals(1, recover().found().size());
    }

    @Test
    void aJournalIsForItsOwnerAlone() throws IOException {
        var autosave = autosave();
        autosave.changed(Topology.empty("edit"));
        autosave.close();
        var journal = recover().found().getFirst().journal();
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)));
    }

    @Test
    void topologiesThatWereNeverSavedAreKeptToo() {
        var timing = new Autosave.Timing(InstantSource.fixed(NOON), this::later, Runnable::run);
        var autosave = new Autosave(journals, null, timing);
        autosave.changed(Topology.empty("new"));
        autosave.close();
        var found = Journals.recover(journals, null).found();
        assertEquals(Topology.empty("new"), found.getFirst().topology());
        Journals.discard(found.getFirst());
        assertEquals(List.of(), Journals.recover(journals, null).found());
    }

    @Test
    void everyTopologyComesBackAsItWas() {
        for (long seed = 0; seed < 50; seed++) {
            var autosave = autosave();
            autosave.changed(Topologies.of(seed));
            autosave.close();
            var found = recover().found();
            assertEquals(Topologies.of(seed), found.getFirst().topology(), "seed " + seed);
            Journals.discard(found.getFirst());
        }
    }

    @Test
    void journalsAreWhereTheDesktopSpecificationSays() {
        var user = Path.of("/home/u");
        assertEquals(
                Path.of("/home/u/.local/state/batchmesh/autosave"),
                Journals.directory(Map.of(), user));
        assertEquals(
                Path.of("/s/batchmesh/autosave"),
                Journals.directory(Map.of("XDG_STATE_HOME", "/s"), user));
        assertEquals(
                Path.of("/home/u/.local/state/batchmesh/autosave"),
                Journals.directory(Map.of("XDG_STATE_HOME", "relative"), user));
    }

    /** Edits for ever; the test kills it. */
    static final class Editor {
        private Editor() {}

        public static void main(String[] arguments) throws IOException {
            var path = Path.of(arguments[0]);
            var loaded = (LoadResult.Loaded) TopologyFile.load(path);
            var timing =
                    new Autosave.Timing(InstantSource.fixed(NOON), (d, r) -> r.run(), r -> r.run());
            var autosave = new Autosave(Path.of(arguments[1]), loaded.file(), timing);
            for (int i = 0; ; i++) {
                autosave.changed(Topology.empty("edit " + i));
                System.out.println(i);
            }
        }
    }

    @Test
    void aKilledProgramLeavesItsLastEditsWhole() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child =
                new ProcessBuilder(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Editor.class.getName(),
                                path.toString(),
                                journals.toString())
                        .redirectErrorStream(true)
                        .start();
        int told = -1;
        try (var lines = child.inputReader()) {
            for (int i = 0; i < 40; i++) {
                told = Integer.parseInt(lines.readLine());
            }
            assertEquals(List.of(), recover().found(), "it still runs");
            child.destroyForcibly().waitFor();
        }
        var found = recover();
        assertEquals(List.of(), found.problems());
        var name = found.found().getFirst().topology().name();
        assertTrue(Integer.parseInt(name.substring(5)) >= told, name + " after " + told);
    }
}
