package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.target.LocalMeshes;
import io.batchmesh.ui.shell.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local mesh of the desktop: a child process, which ends when its standard input does, so also
 * when this program is killed. It registers itself when it runs; that is what we wait for.
 */
final class DesktopMesh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopMesh.class);
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EACH = Duration.ofMillis(100);
    private static final Duration END_WITHIN = Duration.ofSeconds(8);

    private final Path file;
    private final CommandContext context;
    private volatile @Nullable Process process;
    private volatile boolean closing;

    /** The last line that it said before it ended. */
    private volatile String said = "";

    DesktopMesh(Path file, CommandContext context) {
        this.file = file;
        this.context = context;
    }

    /** Starts it in the background, and connects the session when it runs. */
    void connect(Session session) {
        var name = String.valueOf(file.getFileName());
        session.starting(name);
        context.io().execute(() -> run(name, session));
    }

    private void run(String name, Session session) {
        try {
            var child = start();
            process = child;
            var mesh = await(child);
            if (mesh == null) {
                session.lost(name, "its local mesh did not start; " + lastWords());
                return;
            }
            session.connect(mesh.environment());
            int exitCode = child.waitFor();
            if (!closing) {
                session.lost(
                        mesh.environment().name(),
                        "its process ended with exit code " + exitCode + "; " + lastWords());
            }
        } catch (IOException e) {
            session.lost(name, "its local mesh cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "mesh",
                        file.toString(),
                        "--child"));
        var builder = new ProcessBuilder(command);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        var child = builder.start();
        context.io().execute(() -> listen(child));
        return child;
    }

    private String lastWords() {
        return said.isEmpty() ? "it said nothing" : said;
    }

    private void listen(Process child) {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said = line;
                LOG.debug("The local mesh says: {}", line);
            }
        } catch (IOException e) {
            LOG.debug("The local mesh cannot be heard any more: {}", e.toString());
        }
    }

    private @Nullable LocalMesh await(Process child) throws InterruptedException {
        var meshes = LocalMeshes.in(DesktopParts.directories(context).runtime());
        long start = context.clocks().nanos();
        while (child.isAlive()
                && context.clocks().ticker().since(start).compareTo(START_WITHIN) < 0) {
            var found = meshes.list().stream().filter(m -> m.pid() == child.pid()).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (child.waitFor(LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
        return null;
    }

    @Override
    public void close() {
        closing = true;
        var child = process;
        if (child == null) {
            return;
        }
        try {
            child.getOutputStream().close();
            if (!child.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly();
            }
        } catch (IOException e) {
            child.destroyForcibly();
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
