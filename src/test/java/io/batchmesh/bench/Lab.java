package io.batchmesh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything is started, and by which all of it is ended. Load and service share one
 * processor and all proxies another one, where there are two.
 */
final class Lab implements AutoCloseable {
    private final Path directory;
    private final List<Runnable> open = new ArrayList<>();
    private final boolean pinned;

    Lab(Path directory) {
        try {
            this.directory = Files.createDirectories(directory).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pinned = Runtime.getRuntime().availableProcessors() > 1;
    }

    Path directory() {
        return directory;
    }

    Place loadSide() {
        return new Place(directory, pinned ? 0 : -1);
    }

    Place proxySide() {
        return new Place(directory, pinned ? 1 : -1);
    }

    /** A port that nobody has now. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file. */
    Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a resource of this package into a file. */
    Path resource(String name) {
        try (var in = Lab.class.getResourceAsStream("/bench/" + name)) {
            if (in == null) {
                throw new IllegalStateException("there is no /bench/" + name);
            }
            var file = directory.resolve(name);
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Proc proxy(String name, int port, List<String> command) throws InterruptedException {
        return started(Proc.start(name, proxySide(), command), port);
    }

    /** A proxy that may use all processors until it is {@link Proc#pin pinned}. */
    Proc cold(String name, int port, List<String> command) throws InterruptedException {
        return started(Proc.start(name, new Place(directory, -1), command), port);
    }

    Proc service(String name, int port, List<String> command) throws InterruptedException {
        return started(Proc.start(name, loadSide(), command), port);
    }

    private Proc started(Proc process, int port) throws InterruptedException {
        atEnd(process::close);
        return process.listening(port);
    }

    /** Is done at the end, what came last first. */
    void atEnd(Runnable end) {
        open.add(end);
    }

    @Override
    public void close() {
        open.reversed().forEach(Runnable::run);
        open.clear();
    }
}
