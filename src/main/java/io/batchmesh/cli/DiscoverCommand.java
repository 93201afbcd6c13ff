package io.batchmesh.cli;

import io.batchmesh.json.ObjectWriter;
import io.batchmesh.metrics.MeshSnapshot;
import io.batchmesh.metrics.ProxyState;
import io.batchmesh.model.Topology;
import io.batchmesh.observe.Disagreement;
import io.batchmesh.observe.Discovery;
import io.batchmesh.observe.PrometheusApi;
import io.batchmesh.observe.PrometheusSettings;
import io.batchmesh.observe.PrometheusSource;
import io.batchmesh.observe.ServiceNames;
import io.batchmesh.store.LoadResult;
import io.batchmesh.store.SaveResult;
import io.batchmesh.store.TopologyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a topology from the traffic that a Prometheus server knows of. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = {
            "Draws a topology from the traffic that a Prometheus server knows of, of our own"
                    + " sidecars, Istio, Linkerd, Envoy and HAProxy.",
            "With a FILE, what is drawn there stays as it is, and what does not agree is told.",
            "Exits with 6 when the server cannot be reached or read."
        })
public final class DiscoverCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A topology to begin with.")
    private @Nullable Path file;

    @Option(
            names = "--prometheus",
            required = true,
            paramLabel = "URL",
            description = "The server, such as http://127.0.0.1:9090.")
    private String prometheus = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the topology into this new file.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Mixin private AccessOptions access = new AccessOptions();

    DiscoverCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var output = new Output(context);
        var drawn = file == null ? Topology.empty("discovered") : read(file);
        var names = new ServiceNames(drawn);
        var seen = seen(names);
        var merged = Discovery.merged(drawn, seen, names);
        var told = new Discovery().look(drawn, seen);
        if (json) {
            output.json(
                    ObjectWriter.object(o ->
                            DiscoverReport.write(
                                    o, merged, seen, file == null ? List.of() : told)));
        } else {
            DiscoverReport.print(output, merged, seen);
            if (file != null) {
                unknown(told).forEach(output::line);
            }
        }
        if (out != null) {
            save(out, merged, output);
        }
        return ExitCode.DONE;
    }

    private static List<String> unknown(List<Disagreement> told) {
        return told.stream().map(d -> "not drawn in the file: " + d.link()).toList();
    }

    private static Topology read(Path path) {
        return switch (TopologyFile.load(path)) {
            case LoadResult.Loaded loaded -> loaded.file().topology();
            case LoadResult problem ->
                    throw new CommandFailure(ExitCode.INVALID, Plain.text(problem.problem()));
        };
    }

    private MeshSnapshot seen(ServiceNames names) {
        var address = PrometheusOption.address(prometheus);
        var limits = PrometheusApi.Limits.DEFAULT;
        var api = new PrometheusApi(access.client(context), address, limits);
        var settings = PrometheusSettings.DEFAULT.withoutPast();
        var source = new PrometheusSource(api, settings, names, context.clocks(), context.io());
        var seen = source.once();
        var server = seen.proxies().get(source.name());
        if (server != null && server.state() != ProxyState.LIVE && server.lastSeen() == null) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    Plain.text("discover: %s: %s".formatted(api.place(), server.reason())));
        }
        if (server != null && server.state() != ProxyState.LIVE) {
            context.console().err().println(Plain.text("discover: " + server.reason()));
        }
        return seen;
    }

    private static void save(Path path, Topology topology, Output output) {
        switch (TopologyFile.create(path, topology)) {
            case SaveResult.Saved saved -> output.note("written: " + path);
            case SaveResult.Conflict conflict ->
                    throw new CommandFailure(
                            ExitCode.USAGE, "--out: " + path + " is there already; name another");
            case SaveResult.Unwritable unwritable ->
                    throw new CommandFailure(
                            ExitCode.INVALID, unwritable.faults().getFirst().describe());
            case SaveResult.Failed failed ->
                    throw new CommandFailure(
                            ExitCode.USAGE, "--out: " + path + ": " + failed.reason());
        }
    }
}
