package io.batchmesh.store;

import io.batchmesh.json.JsonDocument;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Replaces the text of a file as a whole or not at all. */
final class WholeFile {
    private static final int MOST_LINKS = 40;

    private final Disk disk;

    WholeFile(Disk disk) {
        this.disk = disk;
    }

    /** What came of writing; unless it is {@link Written}, the file is as it was. */
    sealed interface Outcome {
        /** With the backup that was made when the file had to be written in place. */
        record Written(@Nullable Path backup) implements Outcome {}

        /** The file does not hold what it was expected to hold. */
        record Changed() implements Outcome {}
    }

    /** The bytes of a file; null when there is none, empty optional text never. */
    static byte @Nullable [] read(Path path) throws IOException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The file that a path leads to through symbolic links, also when it is not there yet. */
    static Path real(Path path) throws IOException {
        var at = path.toAbsolutePath();
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(at); i++) {
            at = Disk.directory(at).resolve(Files.readSymbolicLink(at));
        }
        var directory = Disk.directory(at).toRealPath();
        return directory.resolve(at.getFileName());
    }

    /**
     * Puts {@code text} in place of {@code expected}, null for no file.
     *
     * @throws IOException when it cannot be written; the file is as it was
     */
    Outcome put(Path path, byte @Nullable [] expected, byte[] text) throws IOException {
        var target = real(path);
        if (expected == null) {
            return create(target, text);
        }
        try (var lock = SaveLock.of(target)) {
            if (lock == null || !holds(target, expected)) {
                return new Outcome.Changed();
            }
            return replace(target, expected, text);
        }
    }

    /** Puts a text, readable by its owner alone, in place of whatever is there. */
    void putPrivate(Path target, byte[] text) throws IOException {
        var temporary = disk.temporary(target);
        try {
            disk.write(temporary, text);
            disk.replace(temporary, target);
            disk.forceDirectory(target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean holds(Path target, byte[] expected) throws IOException {
        if (Files.size(target) > JsonDocument.MAX_BYTES) {
            return false;
        }
        return Arrays.equals(expected, read(target));
    }

    private Outcome create(Path target, byte[] text) throws IOException {
        var temporary = disk.temporary(target);
        try {
            disk.write(temporary, text);
            try {
                disk.link(temporary, target);
            } catch (FileAlreadyExistsException e) {
                return new Outcome.Changed();
            } catch (UnsupportedOperationException e) {
                if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    return new Outcome.Changed();
                }
                disk.replace(temporary, target);
            }
            disk.forceDirectory(target);
            return new Outcome.Written(null);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Outcome replace(Path target, byte[] expected, byte[] text) throws IOException {
        if (otherNames(target)) {
            return inPlace(target, expected, text);
        }
        var temporary = disk.temporary(target);
        try {
            disk.write(temporary, text);
            disk.copyPermissions(target, temporary);
            disk.replace(temporary, target);
            disk.forceDirectory(target);
            return new Outcome.Written(null);
        } catch (AtomicMoveNotSupportedException e) {
            return inPlace(target, expected, text);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Whether the file has several names (hard links), which a rename would part. */
    private static boolean otherNames(Path target) throws IOException {
        return target.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(target, "unix:nlink") instanceof Integer names
                && names > 1;
    }

    /** The second best: a backup first, then the text in place, read back, undone on failure. */
    private Outcome inPlace(Path target, byte[] expected, byte[] text) throws IOException {
        var backup = target.resolveSibling(target.getFileName() + ".bak");
        disk.copy(target, backup);
        try {
            disk.write(target, text);
            if (!holds(target, text)) {
                throw new IOException("the file does not hold what was written to it");
            }
        } catch (IOException e) {
            restore(target, expected, backup, e);
            throw e;
        }
        return new Outcome.Written(backup);
    }

    private void restore(Path target, byte[] expected, Path backup, IOException cause) {
        try {
            Files.write(target, expected, StandardOpenOption.TRUNCATE_EXISTING);
            Files.deleteIfExists(backup);
        } catch (IOException e) {
            cause.addSuppressed(new IOException("the text of before is kept in " + backup, e));
        }
    }
}
