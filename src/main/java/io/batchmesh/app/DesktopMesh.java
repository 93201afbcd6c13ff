package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.mesh.MeshFailure;
import io.batchmesh.mesh.MeshLaunch;
import io.batchmesh.mesh.MeshProcess;
import io.batchmesh.ui.shell.Session;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The local mesh of the desktop: a child process, which ends with this one however it ends. */
final class DesktopMesh implements MeshOfWindow {
    private final Path file;
    private final @Nullable Integer fleet;
    private final CommandContext context;
    private volatile @Nullable MeshProcess process;
    private volatile boolean closing;
    private final CompletableFuture<Session> shown = new CompletableFuture<>();

    DesktopMesh(Path file, @Nullable Integer fleet, CommandContext context) {
        this.file = file;
        this.fleet = fleet;
        this.context = context;
    }

    /** Starts it in the background, while the window is being made. */
    @Override
    public void launch() {
        context.io().execute(this::run);
    }

    /** Connects the session as soon as the mesh runs. */
    @Override
    public void connect(Session session) {
        session.starting(name());
        shown.complete(session);
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private void run() {
        try (var child = MeshProcess.start(MeshLaunch.of(file).withFleet(fleet), context.io())) {
            process = child;
            if (closing) {
                return;
            }
            var environment = child.registration().environment();
            shown.thenAccept(session -> session.connect(environment));
            int exitCode = child.onExit().get();
            if (!closing) {
                lost(
                        environment.name(),
                        "its process ended with exit code %d; its last words: %s"
                                .formatted(exitCode, child.lastWords()));
            }
        } catch (MeshFailure e) {
            lost(name(), String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(String target, String reason) {
        shown.thenAccept(session -> session.lost(target, reason));
    }

    @Override
    public void close() {
        closing = true;
        var child = process;
        if (child != null) {
            child.close();
        }
    }
}
