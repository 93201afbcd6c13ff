package io.batchmesh.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** The steps of a save, each of which may fail: a seam for tests that make them fail. */
class Disk {
    /** An empty file beside {@code target}, readable by nobody else. */
    Path temporary(Path target) throws IOException {
        return Files.createTempFile(directory(target), ".batchmesh-", ".tmp");
    }

    /** Writes the whole of a file that exists and sees it through to the disk. */
    void write(Path file, byte[] text) throws IOException {
        try (var channel =
                FileChannel.open(
                        file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Gives {@code to} the permissions of {@code from}, where the file system has them. */
    void copyPermissions(Path from, Path to) throws IOException {
        var source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        var copy = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source != null && copy != null) {
            copy.setPermissions(source.readAttributes().permissions());
        }
    }

    void replace(Path temporary, Path target) throws IOException {
        Files.move(
                temporary,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts a new file under a name in one step; fails when the name is taken. */
    void link(Path temporary, Path target) throws IOException {
        Files.createLink(target, temporary);
    }

    void copy(Path from, Path to) throws IOException {
        Files.copy(
                from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Sees a change of a directory's names through to the disk. */
    void forceDirectory(Path target) {
        try (var channel = FileChannel.open(directory(target), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some file systems do not open directories; the rename itself has happened.
            return;
        }
    }

    static Path directory(Path target) {
        var parent = target.toAbsolutePath().getParent();
        return parent == null ? target.toAbsolutePath() : parent;
    }
}
