package io.batchmesh.cli;

import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the dashboard on a topology, with a local mesh of it running. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = {
            "Opens the desktop on a topology file, with its local mesh running.",
            "Without a display it runs the same dashboard headless, keeps the picture up to date"
                    + " and prints a line per interval."
        })
public final class OpenCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The topology file.",
            defaultValue = "sample-topologies/bookinfo.json")
    private Path file = Path.of("sample-topologies/bookinfo.json");

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

    OpenCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var request = new Desktop.OpenRequest(file, length(duration), picture);
        return context.desktop().open(request, context);
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
