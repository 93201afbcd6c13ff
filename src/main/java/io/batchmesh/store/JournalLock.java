package io.batchmesh.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lock file beside a journal says that its writer lives. The system frees the lock however the
 * writer ends.
 */
final class JournalLock {
    private static final String ENDING = ".lock";

    private final Path file;
    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** A lock file of its own for a new writer. */
    static JournalLock create(Path directory, String key) throws IOException {
        Files.createDirectories(directory);
        var file = Files.createTempFile(directory, key + ".", ENDING);
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("a new file is locked: " + file);
            }
            return new JournalLock(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The journal that belongs to the lock. */
    Path journal() {
        return sibling(file, ENDING, ".json");
    }

    void release() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }

    /** Whether the writer of a journal still lives. */
    static boolean isHeld(Path journal) {
        var file = lockOf(journal);
        if (!Files.exists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static Path lockOf(Path journal) {
        return sibling(journal, ".json", ENDING);
    }

    private static Path sibling(Path file, String ending, String other) {
        var name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
    }
}
