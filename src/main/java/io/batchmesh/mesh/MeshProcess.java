package io.batchmesh.mesh;

import io.batchmesh.target.LocalMesh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local mesh in a process of its own, for the desktop. The child holds its standard input and
 * ends when that does, so also when this process is killed; what it writes to standard error goes
 * to the log. Safe for use by several threads.
 */
public final class MeshProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshProcess.class);
    private static final int LONGEST_LINE = 4 << 20;
    private static final Duration END_WITHIN = Duration.ofSeconds(8);

    private final Process process;
    private final LocalMesh registration;
    private final LastLine complaint;

    private MeshProcess(Process process, LocalMesh registration, LastLine complaint) {
        this.process = process;
        this.registration = registration;
        this.complaint = complaint;
    }

    /**
     * Starts a mesh and waits until it is ready.
     *
     * @param io a thread for each task; two of them last as long as the child
     * @throws MeshFailure when it cannot be started, says so, or is not ready in time; no child is
     *     left then
     * @throws InterruptedException when this thread was interrupted; no child is left then
     */
    public static MeshProcess start(MeshLaunch launch, ExecutorService io)
            throws MeshFailure, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(launch.command()).start();
        } catch (IOException e) {
            throw new MeshFailure("the local mesh cannot be started: " + e.getMessage(), e);
        }
        var complaint = new LastLine();
        LocalMesh registration = null;
        try {
            registration = awaitReady(process, complaint, launch.readyWithin(), io);
            return new MeshProcess(process, registration, complaint);
        } finally {
            if (registration == null) {
                process.destroyForcibly();
            }
        }
    }

    private static LocalMesh awaitReady(
            Process process, LastLine complaint, Duration within, ExecutorService io)
            throws MeshFailure, InterruptedException {
        var ready = new CompletableFuture<@Nullable LocalMesh>();
        var complaints = CompletableFuture.runAsync(() -> drain(process, complaint), io);
        io.execute(() -> read(process.getInputStream(), line -> ready(line, ready), ready));
        try {
            var mesh = ready.get(within.toNanos(), TimeUnit.NANOSECONDS);
            if (mesh != null) {
                return mesh;
            }
            complaints.get(1, TimeUnit.SECONDS);
            throw new MeshFailure("the local mesh ended at once: " + complaint.line);
        } catch (TimeoutException e) {
            throw new MeshFailure(
                    "the local mesh is not ready after %d s; its last words: %s"
                            .formatted(within.toSeconds(), complaint.line),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void ready(String line, CompletableFuture<@Nullable LocalMesh> ready) {
        var mesh = ready.isDone() || !line.startsWith("{") ? null : LocalMesh.read(line);
        if (mesh != null) {
            ready.complete(mesh);
        }
    }

    /** The last line of the child's standard error. */
    private static final class LastLine {
        private volatile String line = "none";
    }

    private static void drain(Process process, LastLine last) {
        read(
                process.getErrorStream(),
                line -> {
                    last.line = line;
                    LOG.debug("The local mesh says: {}", line);
                },
                null);
    }

    /** Reads lines until the end, which completes the future with null unless it is complete. */
    private static void read(
            InputStream from,
            Consumer<String> lines,
            @Nullable CompletableFuture<@Nullable LocalMesh> atEnd) {
        try (var reader = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    lines.accept(line.toString().strip());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            LOG.debug("the mesh's output ended", e);
        } finally {
            if (atEnd != null) {
                atEnd.complete(null);
            }
        }
    }

    /** Where its proxies are. */
    public LocalMesh registration() {
        return registration;
    }

    /** Completed with the exit code when the child ends, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** The last line of what it wrote to standard error. */
    public String lastWords() {
        return complaint.line;
    }

    public boolean running() {
        return process.isAlive();
    }

    /** Asks the child to end, waits at most eight seconds, and kills it when it has not. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the mesh has closed its input already", e);
        }
        try {
            if (!process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the local mesh did not end in time and is killed");
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
