package io.batchmesh.cli;

import io.batchmesh.model.Topology;
import io.batchmesh.store.ViewBookmark;
import io.batchmesh.target.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
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
     * @param file the topology file; null for what traffic tells, of what is watched
     * @param duration how long, or null for until it is closed
     * @param watched whose metrics to look at instead of running a local mesh; null for none
     * @param picture the PNG to keep up to date while there is no display, or to write at the end
     *     where there is one; null for none
     * @param fleet how many simulated proxies to run instead of a local mesh; null for none
     * @param attached whom to connect to instead of running a local mesh; null for nobody
     * @param view what to show of it; null for the whole, as it is
     */
    record OpenRequest(
            @Nullable Path file,
            @Nullable Watched watched,
            @Nullable Duration duration,
            @Nullable Path picture,
            @Nullable Integer fleet,
            @Nullable Attached attached,
            @Nullable ViewBookmark view) {}

    /**
     * Proxies that run already.
     *
     * @param environment which
     * @param http speaks to them, with token and certificate
     * @param watched whose metrics are shown in place of theirs; null for theirs
     * @param traces where traces are looked at; null where that is not known
     */
    record Attached(
            Environment environment,
            OkHttpClient http,
            @Nullable Watched watched,
            @Nullable String traces) {}

    /**
     * A Prometheus server to look at.
     *
     * @param address where it answers
     * @param client with its credentials
     */
    record Watched(URI address, OkHttpClient client) {}
}
