package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.cli.Desktop;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.ui.shell.Session;

/** The mesh that a window shows: one of its own, or somebody else's. */
interface MeshOfWindow extends AutoCloseable {
    /** Begins what takes time, while the window is being made. */
    void launch();

    /** Connects the session to it. */
    void connect(Session session);

    @Override
    void close();

    /** The one that is asked for. */
    static MeshOfWindow of(Desktop.OpenRequest request, TopologyFile file, CommandContext context) {
        var attached = request.attached();
        if (attached != null) {
            return new AttachedMesh(attached, file.topology(), context);
        }
        var watched = request.watched();
        return watched == null
                ? new DesktopMesh(file.path(), request.fleet(), context)
                : new WatchedMesh(watched, file.topology(), context);
    }
}
