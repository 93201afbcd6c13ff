package io.batchmesh.app;

import io.batchmesh.cli.CommandContext;
import io.batchmesh.cli.Desktop;
import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.Path;

/** Placeholder until the window lands. */
final class NoDesktop implements Desktop {
    @Override
    public int open(OpenRequest request, CommandContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void render(Topology topology, Path picture, boolean light) throws IOException {
        throw new UnsupportedOperationException();
    }
}
