package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.document.DocumentId;
import io.batchmesh.plan.RunningDocument;
import io.batchmesh.target.Environment;
import io.batchmesh.ui.shell.Session;
import java.nio.file.Path;
import java.util.Map;

/** provisional. */
final class DesktopMesh implements AutoCloseable {
    DesktopMesh(Path file, CommandContext context) {}

    void connect(Session session) {}

    Map<DocumentId, RunningDocument> readBack(Environment environment) {
        return Map.of();
    }

    @Override
    public void close() {}
}
