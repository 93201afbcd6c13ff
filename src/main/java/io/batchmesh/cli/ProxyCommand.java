package io.batchmesh.cli;

import io.batchmesh.admin.AdminRuntime;
import io.batchmesh.admin.AdminServer;
import io.batchmesh.admin.AdminSettings;
import io.batchmesh.admin.AdminStart;
import io.batchmesh.config.ConfigJson;
import io.batchmesh.config.ConfigResult;
import io.batchmesh.config.HostPort;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.json.Fault;
import io.batchmesh.json.ObjectWriter;
import io.batchmesh.proxy.Sidecar;
import io.batchmesh.proxy.SidecarParts;
import io.batchmesh.target.UserDirectories;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one sidecar until it is asked to stop. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one sidecar until it is asked to stop (Ctrl-C, SIGTERM); then it drains and exits"
                    + " with 0.",
            "The config that was pushed last is kept on disk and wins over --config, unless"
                    + " --reset."
        })
public final class ProxyCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 32 << 20;
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);

    private final CommandContext context;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The config, as JSON of the format batchmesh-proxy/v1.")
    private Path file = Path.of("");

    @Mixin private AdminOptions admin = new AdminOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where configs that were pushed are kept.")
    private @Nullable Path state;

    @Option(names = "--reset", description = "Forget what was pushed before; run --config.")
    private boolean reset;

    @Option(names = "--json", description = "Print where it listens as one JSON document.")
    private boolean json;

    ProxyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = admin.settings();
        var config = config();
        try (var sidecar = sidecar(config);
                var server = serve(sidecar, config, settings)) {
            announce(sidecar, server);
            boolean stopped = false;
            while (!stopped) {
                stopped = context.stop().await(LONG);
            }
            new Output(context).note(config.proxy() + ": draining");
            // The endpoint stays until the end, so that all can see that this is not ready.
            sidecar.close(DRAIN);
        }
        return ExitCode.DONE;
    }

    private static byte[] limited(Path from, int most) throws IOException {
        try (var in = Files.newInputStream(from)) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CommandFailure(
                        ExitCode.INVALID, from + ": longer than " + most + " bytes");
            }
            return bytes;
        }
    }

    private ProxyConfig config() {
        try {
            return switch (ConfigJson.read(limited(file, MAX_BYTES))) {
                case ConfigResult.Valid valid -> valid.config();
                case ConfigResult.Invalid invalid -> throw invalid(invalid.faults());
            };
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.INVALID, file + ": there is no such file");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INVALID, file + ": cannot be read: " + e.getMessage());
        }
    }

    private CommandFailure invalid(List<Fault> faults) {
        var all =
                faults.stream()
                        .map(fault -> file + ":" + fault.describe())
                        .collect(Collectors.joining("\nbatchmesh: "));
        return new CommandFailure(ExitCode.INVALID, all);
    }

    private Sidecar sidecar(ProxyConfig config) {
        try {
            var parts = new SidecarParts(context.loops().get(), context.clocks(), context.io());
            return Sidecar.start(config, parts);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.INVALID, file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
        }
    }

    private AdminServer serve(Sidecar sidecar, ProxyConfig config, AdminSettings settings) {
        var runtime =
                AdminRuntime.of(context.loops().get(), context.io(), context.clocks())
                        .withMeter(sidecar.activityMeter());
        var kept = settings.withState(stateDirectory(config), reset);
        AdminStart start = AdminServer.start(kept, sidecar, config, runtime);
        if (start instanceof AdminStart.Started started) {
            return started.server();
        }
        throw switch (start) {
            case AdminStart.Refused refused -> invalid(refused.faults());
            case AdminStart.Unavailable no ->
                    new CommandFailure(ExitCode.UNREACHABLE, "--admin: " + no.reason());
            case AdminStart.Started s -> new IllegalStateException("it started");
        };
    }

    private Path stateDirectory(ProxyConfig config) {
        if (state != null) {
            return state;
        }
        var variables = context.console().environment();
        var home = variables.get("HOME");
        var directories =
                UserDirectories.of(
                        variables,
                        home == null ? null : Path.of(home),
                        variables.getOrDefault("USER", "user"),
                        Path.of(variables.getOrDefault("TMPDIR", "/tmp")));
        var name = config.proxy().replaceAll("[^A-Za-z0-9._-]", "_");
        return directories.state().resolve("proxies").resolve(name);
    }

    private void announce(Sidecar sidecar, AdminServer server) {
        var output = new Output(context);
        var outbound = text(sidecar.outboundAddress());
        var inbound = text(sidecar.inboundAddress());
        if (json) {
            output.json(
                    ObjectWriter.object(o ->
                            o.put("proxy", sidecar.config().proxy())
                                    .put("outbound", outbound)
                                    .put("inbound", inbound)
                                    .put("admin", server.uri().toString())
                                    .put("version", sidecar.version().hash())));
        } else {
            output.line(
                    "%s: the service calls at %s, peers at %s; admin at %s"
                            .formatted(sidecar.config().proxy(), outbound, inbound, server.uri()));
        }
    }

    private static String text(InetSocketAddress address) {
        return new HostPort(address.getHostString(), address.getPort()).toString();
    }
}
