package io.batchmesh.cli;

import io.batchmesh.model.Topology;
import io.batchmesh.push.Readback;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.ClientLimits;
import io.batchmesh.target.Environment;
import io.batchmesh.target.LocalMeshes;
import io.batchmesh.target.TargetLookup;
import io.batchmesh.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands that reach proxies. */
final class TargetOptions {
    private static final int MOST_TOKEN = 4096;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = {
                "Which proxies: 'local' (the default), the local mesh that runs on this machine;"
                        + " 'local:NAME', one of several;",
                "'drawn', the sidecars that the topology declares with an admin address."
            })
    private @Nullable String target;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the bearer token that the admin endpoints want.")
    private @Nullable Path tokenFile;

    /**
     * A target with the means to speak to it.
     *
     * @param environment its proxies
     * @param client speaks to one of them
     * @param readback speaks to all of them
     */
    record Session(Environment environment, AdminClient client, Readback readback) {}

    /** The name of the target, or null when none was given. */
    @Nullable String name() {
        return target;
    }

    /**
     * Finds the target.
     *
     * @throws CommandFailure when there is no such target
     */
    Session open(CommandContext context, @Nullable Topology topology) {
        var name = target == null ? Targets.DEFAULT : target;
        return switch (find(context, name, topology)) {
            case TargetLookup.Found(var environment) -> session(context, environment);
            case TargetLookup.NotRunning(var reason) ->
                    throw new CommandFailure(ExitCode.UNREACHABLE, reason);
            case TargetLookup.Ambiguous(var reason) ->
                    throw new CommandFailure(ExitCode.USAGE, reason);
            case TargetLookup.Unknown(var reason) ->
                    throw new CommandFailure(ExitCode.USAGE, "--target: " + reason);
        };
    }

    private static TargetLookup find(
            CommandContext context, String name, @Nullable Topology topology) {
        try {
            return new Targets(meshes(context)).find(name, topology);
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    /** The local meshes that run. */
    static LocalMeshes meshes(CommandContext context) {
        return LocalMeshes.in(Directories.of(context).runtime());
    }

    static CommandFailure unreadable(UncheckedIOException e) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "cannot read the directory of running meshes: " + e.getCause());
    }

    /** A session with the proxies of an environment. */
    Session session(CommandContext context, Environment environment) {
        var client = new AdminClient(context.http().get(), ClientLimits.DEFAULT, token());
        return new Session(environment, client, new Readback(client, context.io()));
    }

    private @Nullable String token() {
        if (tokenFile == null) {
            return null;
        }
        try (var in = Files.newInputStream(tokenFile)) {
            var text = new String(in.readNBytes(MOST_TOKEN), StandardCharsets.UTF_8).strip();
            if (text.matches("[\\x21-\\x7e]+")) {
                return text;
            }
            throw new CommandFailure(
                    ExitCode.USAGE, "--token-file: " + tokenFile + " holds no token");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "--token-file: cannot read " + tokenFile);
        }
    }
}
