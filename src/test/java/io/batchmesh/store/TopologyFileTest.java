package io.batchmesh.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.model.Topology;
import io.batchmesh.store.SaveResult.Conflict;
import io.batchmesh.store.SaveResult.Saved;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyFileTest {
    private static final Topology EDITED = Topology.empty("edited");

    @TempDir private Path directory = Path.of(".");

    private Path contract() throws IOException {
        return Files.write(directory.resolve("t.json"), TopologyJsonTest.contract());
    }

    private static TopologyFile open(Path path) {
        return assertInstanceOf(LoadResult.Loaded.class, TopologyFile.load(path)).file();
    }

    private static TopologyFile open(Path path, Disk disk) {
        return assertInstanceOf(LoadResult.Loaded.class, TopologyFile.load(path, disk)).file();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aSaveOfWhatWasReadChangesNoByte() throws IOException {
        var path = contract();
        var file = open(path);
        assertInstanceOf(Saved.class, file.save(file.topology()));
        assertArrayEquals(TopologyJsonTest.contract(), Files.readAllBytes(path));
        assertEquals(List.of("t.json"), names());
    }

    @Test
    void editedAndEditedBackTheTextIsThatOfBefore() throws IOException {
        var path = contract();
        var file = open(path);
        var edited = assertInstanceOf(Saved.class, file.save(EDITED)).file();
        assertEquals(TopologyJson.pretty(EDITED), Files.readString(path));
        assertInstanceOf(Saved.class, edited.save(file.topology()));
        assertEquals(TopologyJson.pretty(file.topology()), Files.readString(path));
    }

    @Test
    void aFileThatSomebodyElseChangedIsNotOverwritten() throws IOException {
        var path = contract();
        var file = open(path);
        Files.writeString(path, TopologyJson.pretty(Topology.empty("theirs")));
        var conflict = assertInstanceOf(Conflict.class, file.save(EDITED));
        var now = assertInstanceOf(LoadResult.Loaded.class, conflict.now()).file();
        assertEquals("theirs", now.topology().name());
        assertInstanceOf(Conflict.class, file.save(file.topology()));
        assertEquals("theirs", open(path).topology().name());
        assertInstanceOf(Saved.class, file.overwrite(EDITED));
        assertEquals("edited", open(path).topology().name());
    }

    @Test
    void aFileThatIsGoneIsAConflictToo() throws IOException {
        var path = contract();
        var file = open(path);
        Files.delete(path);
        var conflict = assertInstanceOf(Conflict.class, file.save(EDITED));
        assertInstanceOf(LoadResult.Missing.class, conflict.now());
        assertInstanceOf(Saved.class, file.overwrite(EDITED));
        assertEquals("edited", open(path).topology().name());
    }

    @Test
    void twoOperatorsNeverOverwriteEachOtherUnseen() throws IOException {
        var path = contract();
        for (long seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            TopologyFile[] operators = {open(path), open(path)};
            var last = operators[0].topology().name();
            for (int i = 0; i < 10; i++) {
                int who = random.nextInt(2);
                var before = operators[who].topology().name();
                var name = seed + "-" + i + "-" + who;
                switch (operators[who].save(Topology.empty(name))) {
                    case Saved s -> {
                        assertEquals(last, before, "seed " + seed + ": overwrote unseen");
                        operators[who] = s.file();
                        last = name;
                    }
                    case Conflict c -> {
                        assertTrue(!last.equals(before), "seed " + seed + ": no conflict");
                        operators[who] = assertInstanceOf(LoadResult.Loaded.class, c.now()).file();
                    }
                    default -> throw new AssertionError("seed " + seed);
                }
            }
        }
    }

    @Test
    void permissionsStayAndLinksAreFollowed() throws IOException {
        var path = contract();
        var mode = PosixFilePermissions.fromString("rw-r----x");
        Files.setPosixFilePermissions(path, mode);
        var link = Files.createSymbolicLink(directory.resolve("link.json"), path.getFileName());
        assertInstanceOf(Saved.class, open(link).save(EDITED));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("edited", open(path).topology().name());
        assertEquals(mode, Files.getPosixFilePermissions(path));
    }

    @Test
    void aFileWithSeveralNamesKeepsThem() throws IOException {
        var path = contract();
        var other = Files.createLink(directory.resolve("other.json"), path);
        var saved = assertInstanceOf(Saved.class, open(path).save(EDITED));
        assertEquals("edited", open(other).topology().name());
        var backup = saved.backup();
        assertTrue(backup != null);
        assertArrayEquals(TopologyJsonTest.contract(), Files.readAllBytes(backup));
    }

    @Test
    void aNewFileIsMadeUnlessThereIsOne() throws IOException {
        var path = directory.resolve("new.json");
        assertInstanceOf(Saved.class, TopologyFile.create(path, EDITED));
        assertEquals(TopologyJson.pretty(EDITED), Files.readString(path));
        assertInstanceOf(Conflict.class, TopologyFile.create(path, Topology.empty("other")));
        assertEquals("edited", open(path).topology().name());
        assertEquals(List.of("new.json"), names());
        var nowhere = directory.resolve("no").resolve("where.json");
        assertInstanceOf(SaveResult.Failed.class, TopologyFile.create(nowhere, EDITED));
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() throws IOException {
        var path = contract();
        var refused = open(path).save(Topology.empty(" "));
        var faults = assertInstanceOf(SaveResult.Unwritable.class, refused).faults();
        assertEquals("/name", faults.getFirst().pointer());
        assertArrayEquals(TopologyJsonTest.contract(), Files.readAllBytes(path));
    }

    @Test
    void whatIsThereAndIsNoTopologyIsSaidWhy() throws IOException {
        var missing = directory.resolve("missing.json");
        assertInstanceOf(LoadResult.Missing.class, TopologyFile.load(missing));
        assertInstanceOf(LoadResult.Unreadable.class, TopologyFile.load(directory));
        var dangling = directory.resolve("dangling.json");
        Files.createSymbolicLink(dangling, missing);
        assertInstanceOf(LoadResult.Unreadable.class, TopologyFile.load(dangling));
        var empty = Files.writeString(directory.resolve("empty.json"), "");
        var faulty = assertInstanceOf(LoadResult.Faulty.class, TopologyFile.load(empty));
        assertTrue(faulty.problem().contains("empty"), faulty.problem());
        var big = directory.resolve("big.json");
        try (var file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(50L << 20);
        }
        var large = assertInstanceOf(LoadResult.TooLarge.class, TopologyFile.load(big));
        assertEquals(50L << 20, large.bytes());
    }

    /** A disk on which one step fails, as a full disk or a strange file system does. */
    private static final class BadDisk extends Disk {
        private final String bad;
        private final IOException failure;

        BadDisk(String bad, IOException failure) {
            this.bad = bad;
            this.failure = failure;
        }

        private void step(String step) throws IOException {
            if (step.equals(bad)) {
                throw failure;
            }
        }

        @Override
        Path temporary(Path target) throws IOException {
            step("temporary");
            return super.temporary(target);
        }

        @Override
        void write(Path file, byte[] text) throws IOException {
            if (bad.equals("write")) {
                Files.write(file, java.util.Arrays.copyOf(text, text.length / 2));
            }
            step("write");
            super.write(file, text);
        }

        @Override
        void copyPermissions(Path from, Path to) throws IOException {
            step("permissions");
            super.copyPermissions(from, to);
        }

        @Override
        void replace(Path temporary, Path target) throws IOException {
            step("replace");
            super.replace(temporary, target);
        }

        @Override
        void copy(Path from, Path to) throws IOException {
            step("copy");
            super.copy(from, to);
        }
    }

    private @Nullable Path backup(SaveResult result) {
        return result instanceof Saved saved ? saved.backup() : null;
    }

    @Test
    void whateverStepFailsTheFileIsAsItWasAndNothingLiesAbout() throws IOException {
        for (var step : List.of("temporary", "write", "permissions", "replace")) {
            var path = contract();
            var disk = new BadDisk(step, new IOException("No space left on device"));
            var result = open(path, disk).save(EDITED);
            var failed = assertInstanceOf(SaveResult.Failed.class, result, step);
            assertEquals("No space left on device", failed.reason());
            assertArrayEquals(TopologyJsonTest.contract(), Files.readAllBytes(path), step);
            assertEquals(List.of("t.json"), names(), step);
            assertInstanceOf(Saved.class, open(path).save(EDITED), step);
        }
    }

    @Test
    void whereAFileCannotBeReplacedInOneStepABackupIsKept() throws IOException {
        var path = contract();
        var disk = new BadDisk("replace", new AtomicMoveNotSupportedException("a", "b", "no"));
        var backup = backup(open(path, disk).save(EDITED));
        assertTrue(backup != null);
        assertArrayEquals(TopologyJsonTest.contract(), Files.readAllBytes(backup));
        assertEquals("edited", open(path).topology().name());
        assertEquals(List.of("t.json", "t.json.bak"), names());
    }

    @Test
    void aWriteInPlaceThatFailsIsTakenBack() throws IOException {
        var path = contract();
        Files.createLink(directory.resolve("other.json"), path);
        var disk = new BadDisk("write", new IOException("No space left on device"));
        assertInstanceOf(SaveResult.Failed.class, open(path, disk).save(EDITED));
        assertArrayEquals(TopologyJsonTest.contract(), Files.readAllBytes(path));
        assertEquals(List.of("other.json", "t.json"), names());
    }
}
