package io.batchmesh.cli;

import io.batchmesh.json.JsonText;
import io.batchmesh.mesh.FleetSettings;
import io.batchmesh.mesh.MeshFailure;
import io.batchmesh.mesh.MeshParts;
import io.batchmesh.mesh.MeshRun;
import io.batchmesh.mesh.MeshSettings;
import io.batchmesh.mesh.RunningFleet;
import io.batchmesh.mesh.RunningMesh;
import io.batchmesh.model.Topology;
import io.batchmesh.quantity.Durations;
import io.batchmesh.quantity.QuantityException;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.TopologyFile;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.target.LocalMeshes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the local mesh of a topology and prints what its proxies measured. */
@Command(
        name = "mesh",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the local mesh of a topology file on free ports of this machine: a sidecar per"
                    + " endpoint, stand-in services, slow links, load.",
            "At the end it prints a row per link and stage: what the proxies' own metrics say of"
                    + " the time after the warm-up, in which the load rises (at most half of the"
                    + " duration); without a duration, of the last five minutes.",
            "With --fleet the proxies are simulated: each has the admin endpoint of a sidecar, with"
                    + " configs, status and metrics, on a port of its own. Its figures are computed"
                    + " from the load that the file asks for; no request is sent, and there are no"
                    + " services. Where N is more than the file has endpoints, they are repeated in"
                    + " turn, as reviews-v1-2, reviews-v1-3 and so on, and the load of a link is"
                    + " shared out among the proxies of its caller. plan, push, status and the"
                    + " desktop work on it as on a mesh of N endpoints."
        })
public final class MeshCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(MeshCommand.class);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final long HALT_SECONDS = 10;

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "The topology file.")
    private Path file = Path.of("");

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "End by itself after this time, such as 30s; else Ctrl-C ends it.")
    private @Nullable String duration;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Scale the rates of the links so that they make N requests per second in all.")
    private @Nullable Double rate;

    @Option(
            names = "--fleet",
            paramLabel = "N",
            description =
                    "Run N simulated proxies without traffic in place of sidecars: at least as many"
                            + " as the file has endpoints, at most "
                            + FleetSettings.MOST
                            + ".")
    private @Nullable Integer fleet;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What the proxies are: ${COMPLETION-CANDIDATES}.",
            defaultValue = "sidecar")
    private Engine engine = Engine.SIDECAR;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(
            names = "--child",
            hidden = true,
            description = "Print the registration when ready; end with standard input.")
    private boolean child;

    /** What proxies there are to run. */
    enum Engine {
        SIDECAR;

        @Override
        public String toString() {
            return "sidecar";
        }
    }

    MeshCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var length = length();
        var starter = starter();
        var topology = topology();
        LOG.debug("running {} as {}", file, engine);
        try (var mesh = start(topology, starter)) {
            var registration = mesh.registration(file.toAbsolutePath().toString());
            var registered = register(registration);
            try {
                if (child) {
                    runAsChild(registration);
                } else {
                    measure(topology, mesh, length);
                }
            } finally {
                if (registered != null) {
                    registered.close();
                }
            }
        }
        return ExitCode.DONE;
    }

    private @Nullable Duration length() {
        if (duration == null) {
            return null;
        }
        try {
            var length = Durations.parse(duration);
            if (length.compareTo(SHORTEST) >= 0) {
                return length;
            }
            throw new CommandFailure(ExitCode.USAGE, "--duration: must be 2s or longer");
        } catch (QuantityException e) {
            throw new CommandFailure(ExitCode.USAGE, "--duration: " + e.getMessage());
        }
    }

    /** Runs the proxies that are asked for. */
    @FunctionalInterface
    private interface Starter {
        MeshRun start(Topology topology, MeshParts parts) throws MeshFailure;
    }

    private Starter starter() {
        if (fleet != null && (fleet < 1 || fleet > FleetSettings.MOST)) {
            throw new CommandFailure(ExitCode.USAGE, "--fleet: must be 1 to " + FleetSettings.MOST);
        }
        try {
            if (fleet != null) {
                var wanted = new FleetSettings(fleet, rate, MeshSettings.DEFAULT.seed());
                return (topology, parts) -> RunningFleet.start(topology, wanted, parts);
            }
            var settings = MeshSettings.DEFAULT.withRate(rate);
            return (topology, parts) -> RunningMesh.start(topology, settings, parts);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--rate: must be more than 0 and less than 10 million");
        }
    }

    private Topology topology() {
        return switch (TopologyFile.load(file)) {
            case LoadResult.Loaded(TopologyFile loaded) -> loaded.topology();
            case LoadResult bad -> throw new CommandFailure(ExitCode.INVALID, bad.problem());
        };
    }

    private MeshRun start(Topology topology, Starter starter) {
        try {
            var parts = new MeshParts(context.loops().get(), context.clocks(), context.io());
            return starter.start(topology, parts);
        } catch (MeshFailure e) {
            throw new CommandFailure(ExitCode.INVALID, file + ": " + e.getMessage());
        }
    }

    /** Makes the mesh known, so that other commands find it; it runs also when that fails. */
    private LocalMeshes.@Nullable Registration register(LocalMesh mesh) {
        var directory = Directories.of(context).runtime();
        try {
            return LocalMeshes.in(directory).register(mesh);
        } catch (IOException e) {
            new Output(context)
                    .note("other commands will not find this mesh: cannot write " + directory);
            return null;
        }
    }

    private void runAsChild(LocalMesh registration) throws InterruptedException {
        new Output(context).line(JsonText.compact(registration.json()));
        context.io().execute(this::stopAtEndOfInput);
        boolean stopped = false;
        while (!stopped) {
            stopped = context.stop().await(LONG);
        }
    }

    private void stopAtEndOfInput() {
        try {
            context.console().in().skip(Long.MAX_VALUE);
            while (context.console().in().read() >= 0) {
                // Only the end of it means something.
            }
        } catch (IOException e) {
            LOG.debug("standard input ended by a failure", e);
        }
        context.stop().raise();
        var _ =
                context.timer()
                        .schedule(
                                () -> Runtime.getRuntime().halt(1), HALT_SECONDS, TimeUnit.SECONDS);
    }

    private void measure(Topology topology, MeshRun mesh, @Nullable Duration length)
            throws InterruptedException {
        var output = new Output(context);
        int proxies = mesh.addresses().sites().size();
        output.note(
                fleet == null
                        ? "mesh %s: %d sidecars run; traffic comes in at %s; Ctrl-C ends it"
                                .formatted(topology.name(), proxies, mesh.entry())
                        : "fleet %s: %d simulated proxies answer, no traffic runs; Ctrl-C ends it"
                                .formatted(topology.name(), proxies));
        var report = new MeshMeasurement(context, mesh).run(length);
        var rows = new MeshReport(topology, report);
        if (json) {
            output.json(rows.json());
        } else {
            rows.lines().forEach(output::line);
        }
        rows.complaints().forEach(output::note);
    }
}
