package io.batchmesh.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two savers of one file apart between comparing and replacing it: those of this process by
 * name, those of other processes by a lock on the file, where the file system has locks.
 */
final class SaveLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private SaveLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * The lock of a file; null when the file is not there.
     *
     * @throws IOException when the file may not be written, or somebody else is saving it
     */
    static @Nullable SaveLock of(Path path) throws IOException {
        if (!HELD.add(path)) {
            throw new IOException("it is being saved by somebody else right now; save again");
        }
        try {
            var channel = FileChannel.open(path, StandardOpenOption.WRITE);
            var lock = new SaveLock(path, channel);
            if (!lock.lockFile()) {
                lock.close();
                throw new IOException("another program is saving it right now; save again");
            }
            return lock;
        } catch (NoSuchFileException e) {
            HELD.remove(path);
            return null;
        } catch (IOException e) {
            HELD.remove(path);
            throw e;
        }
    }

    private boolean lockFile() {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // No locks on this file system: the comparison before the save still holds.
            return true;
        }
    }

    /** Lets go; closing the channel frees the lock on the file. */
    @Override
    public void close() throws IOException {
        HELD.remove(path);
        channel.close();
    }
}
