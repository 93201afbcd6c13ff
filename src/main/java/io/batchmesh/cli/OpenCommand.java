package io.batchmesh.cli;

import io.batchmesh.mesh.FleetSettings;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the dashboard on a topology, with a local mesh of it running. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = {
            "Opens the desktop on a topology file, with its local mesh running.",
            "With --prometheus it only looks: it draws what carries traffic in the mesh whose metrics"
                    + " that server has. Nothing is written, and nothing can be pushed.",
            "Without a display it runs the same dashboard headless, keeps the picture up to date"
                    + " and prints a line per interval."
        })
public final class OpenCommand implements Callable<Integer> {
    private static final Path SAMPLE = Path.of("sample-topologies/bookinfo.json");

    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The topology file; sample-topologies/bookinfo.json by default.")
    private @Nullable Path file;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "Look at a mesh that this Prometheus server scrapes.")
    private @Nullable String prometheus;

    @Mixin private AccessOptions access = new AccessOptions();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End by itself after this time, such as 20s; 0s for never.")
    private @Nullable String duration;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description =
                    "The PNG of the dashboard: kept up to date without a display, written at the"
                            + " end with one.")
    private @Nullable Path picture;

    @Option(
            names = "--fleet",
            paramLabel = "N",
            description = "Run N simulated proxies in place of the local mesh; see 'mesh --fleet'.")
    private @Nullable Integer fleet;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description =
                    "Connect to proxies that run already, in place of a local mesh: 'local:NAME',"
                            + " 'drawn', or an environment of ~/.config/batchmesh/environments.json"
                            + " (or $BATCHMESH_ENVIRONMENTS), with its certificates and metrics.")
    private @Nullable String target;

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            description =
                    "Show what a colleague saw: a bookmark that was copied, or a file of one.")
    private @Nullable String view;

    OpenCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (fleet != null && (fleet < 1 || fleet > FleetSettings.MOST || prometheus != null)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--fleet: must be 1 to " + FleetSettings.MOST + ", and without --prometheus");
        }
        var watched =
                prometheus == null
                        ? null
                        : new Desktop.Watched(
                                PrometheusOption.address(prometheus), access.client(context));
        var opened = file == null && watched == null ? SAMPLE : file;
        var attached = target == null ? null : attached(target, opened);
        var request =
                new Desktop.OpenRequest(
                        opened,
                        watched,
                        length(duration),
                        picture,
                        fleet,
                        attached,
                        ViewOption.read(view));
        return context.desktop().open(request, context);
    }

    private Desktop.Attached attached(String name, @Nullable Path opened) {
        if (prometheus != null || fleet != null || opened == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--target: needs a FILE, and no --prometheus or --fleet");
        }
        var topology = TopologyInput.read(opened, new Output(context));
        return Attaching.to(name, topology, context);
    }

    private static @Nullable Duration length(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var length = Durations.parse(text);
            return length.isZero() ? null : length;
        } catch (QuantityException e) {
            throw new CommandFailure(ExitCode.USAGE, "--for: " + e.getMessage());
        }
    }
}
