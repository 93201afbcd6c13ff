package io.batchmesh.cli;

import io.batchmesh.config.ConfigVersion;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.model.Topology;
import io.batchmesh.quantity.Durations;
import io.batchmesh.target.Environment;
import io.batchmesh.target.LocalMesh;
import io.batchmesh.target.ProxyEndpointRef;
import io.batchmesh.target.ProxyStatus;
import io.batchmesh.target.Reading;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Says what runs where. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Says which local meshes run on this machine, and what each of their proxies runs; with"
                    + " --target, those of the target.",
            "Exits with 6 when a proxy cannot be reached or read."
        })
public final class StatusCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The topology file, for --target drawn.")
    private @Nullable Path file;

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    StatusCommand(CommandContext context) {
        this.context = context;
    }

    /** A mesh with what its proxies said; the entry is null where there is none. */
    private record Mesh(String name, @Nullable String entry, List<Line> proxies) {}

    /** A proxy with what it said. */
    private record Line(ProxyEndpointRef proxy, Reading<ProxyStatus> reading) {
        @Nullable ProxyStatus status() {
            return reading instanceof Reading.Got<ProxyStatus>(var status) ? status : null;
        }

        String state() {
            return switch (reading) {
                case Reading.Got<ProxyStatus>(var s) when s.version() == null -> "no config";
                case Reading.Got<ProxyStatus>(var s) when s.draining() -> "draining";
                case Reading.Got<ProxyStatus>(var s) when s.stamp().state().equals("pending") ->
                        "pending";
                case Reading.Got<ProxyStatus>(var s) -> s.ready() ? "ready" : "not ready";
                case Reading.Unreadable<ProxyStatus> _ -> "unreadable";
                default -> "unreachable";
            };
        }

        String reason() {
            return switch (reading) {
                case Reading.Unreachable<ProxyStatus>(var reason) -> reason;
                case Reading.Unreadable<ProxyStatus>(var reason) -> reason;
                default -> "";
            };
        }
    }

    @Override
    public Integer call() {
        var output = new Output(context);
        var meshes = target.name() == null ? local() : List.of(named(output));
        if (json) {
            output.json(
                    ObjectWriter.object(o -> o.putArray("meshes", meshes, StatusCommand::json)));
        } else if (meshes.isEmpty()) {
            output.note("no local mesh runs on this machine");
        } else {
            meshes.forEach(mesh -> lines(mesh).forEach(output::line));
        }
        boolean all =
                meshes.stream()
                        .flatMap(m -> m.proxies().stream())
                        .allMatch(p -> p.status() != null);
        return all ? ExitCode.DONE : ExitCode.UNREACHABLE;
    }

    private List<LocalMesh> running() {
        try {
            return TargetOptions.meshes(context).list();
        } catch (UncheckedIOException e) {
            throw TargetOptions.unreadable(e);
        }
    }

    private List<Mesh> local() {
        return running().stream().map(m -> mesh(m.name(), m, m.environment())).toList();
    }

    private Mesh named(Output output) {
        Topology topology = file == null ? null : TopologyInput.read(file, output);
        var environment = target.open(context, topology).environment();
        var mesh =
                running().stream()
                        .filter(m -> m.environment().equals(environment))
                        .findFirst()
                        .orElse(null);
        return mesh(mesh == null ? environment.name() : mesh.name(), mesh, environment);
    }

    private Mesh mesh(String name, @Nullable LocalMesh local, Environment environment) {
        var readings = target.session(context, environment).readback().statuses(environment);
        var lines = new ArrayList<Line>();
        for (var proxy : environment.proxies()) {
            var reading = readings.get(proxy.name());
            lines.add(
                    new Line(
                            proxy,
                            reading == null ? new Reading.Unreachable<>("not asked") : reading));
        }
        return new Mesh(name, local == null ? null : local.entry().toString(), lines);
    }

    private static ObjectNode json(Mesh mesh) {
        return ObjectWriter.object(o ->
                o.put("name", mesh.name())
                        .put("entry", mesh.entry())
                        .putArray("proxies", mesh.proxies(), StatusCommand::json));
    }

    private static ObjectNode json(Line line) {
        var proxy = line.proxy();
        var status = line.status();
        return ObjectWriter.object(o -> {
            o.put("name", proxy.name().name())
                    .put("service", proxy.service().name())
                    .put("subset", proxy.subset())
                    .put("admin", proxy.admin().toString())
                    .put("metrics", proxy.metrics().toString())
                    .put("state", line.state())
                    .put("reason", line.reason().isEmpty() ? null : line.reason());
            if (status != null) {
                o.put("version", hash(status.version()))
                        .put("revision", status.stamp().revision())
                        .put("push", status.stamp().push())
                        .put("author", status.stamp().author())
                        .put("identity", status.stamp().identity())
                        .put("uptime", Durations.seconds(status.uptime()));
            }
        });
    }

    private static @Nullable String hash(@Nullable ConfigVersion version) {
        return version == null ? null : version.hash();
    }

    private static List<String> lines(Mesh mesh) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PROXY", "STATE", "VERSION", "REVISION", "UPTIME", "ADMIN", ""));
        for (var line : mesh.proxies()) {
            var status = line.status();
            var version = status == null ? null : status.version();
            var revision = status == null ? null : status.stamp().revision();
            rows.add(
                    List.of(
                            line.proxy().name().name(),
                            line.state(),
                            version == null ? "-" : version.brief(),
                            revision == null ? "-" : revision,
                            status == null ? "-" : status.uptime().toSeconds() + " s",
                            line.proxy().admin().toString(),
                            line.reason()));
        }
        var lines = new ArrayList<String>();
        var entry = mesh.entry() == null ? "" : ", traffic comes in at " + mesh.entry();
        lines.add(Plain.text(mesh.name() + entry));
        lines.addAll(Plain.columns(rows));
        return lines;
    }
}
