package io.batchmesh.cli;

import io.batchmesh.model.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The desktop as the command line knows it. */
public interface Desktop {
    /**
     * Opens the dashboard, in a window where there is a display, else headless, and returns when it
     * was closed, the time is over, or the stop signal was raised.
     *
     * @return the exit code
     */
    int open(OpenRequest request, CommandContext context);

    /** Draws a topology into a file, PNG or SVG by its ending. */
    void render(Topology topology, Path picture, boolean light) throws IOException;

    /**
     * What to open.
     *
     * @param file the topology file
     * @param duration how long, or null for until it is closed
     * @param picture the PNG to keep up to date while there is no display, or to write at the end
     *     where there is one; null for none
     */
    record OpenRequest(Path file, @Nullable Duration duration, @Nullable Path picture) {}
}
