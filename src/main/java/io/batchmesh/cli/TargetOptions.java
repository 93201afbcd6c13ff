package io.batchmesh.cli;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.model.Topology;
import io.batchmesh.push.Readback;
import io.batchmesh.target.AdminAccess;
import io.batchmesh.target.AdminClient;
import io.batchmesh.target.Environment;
import io.batchmesh.target.Environments;
import io.batchmesh.target.KnownEnvironment;
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
                "'drawn', the sidecars that the topology declares with an admin address; or an"
                        + " environment of ~/.config/batchmesh/environments.json."
            })
    private @Nullable String target;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the bearer token that the admin endpoints want.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--authority-file",
            paramLabel = "FILE",
            description = {
                "The authorities, as PEM, that admin endpoints by https are checked against; those",
                "that Java trusts by default. Their certificates must be for the host of the address."
            })
    private @Nullable Path authorityFile;

    @Option(
            names = "--certificate-file",
            paramLabel = "FILE",
            description =
                    "The client certificate that is shown to admin endpoints by https: PEM with"
                            + " --key-file, or PKCS #12 (.p12, .pfx).")
    private @Nullable Path certificateFile;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Its private key, as PEM (PKCS #8).")
    private @Nullable Path keyFile;

    @Option(
            names = "--key-password-file",
            paramLabel = "FILE",
            description = "Holds the password of the key, or of the PKCS #12 file.")
    private @Nullable Path passwordFile;

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
            return new Targets(meshes(context), environments(context)).find(name, topology);
        } catch (UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The operator's environments.
     *
     * @throws CommandFailure when their file cannot be used
     */
    static Environments environments(CommandContext context) {
        return switch (Environments.read(context.console().environment())) {
            case Environments.Read.Known(var environments) -> environments;
            case Environments.Read.Unusable bad ->
                    throw new CommandFailure(ExitCode.INVALID, bad.describe());
        };
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
        var known = known(context, environment);
        try {
            var access = access(known);
            var client = AdminClient.with(context.http().get(), access, context.clocks().now());
            return new Session(environment, client, new Readback(client, context.io()));
        } catch (CertificateFault e) {
            var option = e.field().equals("password") ? "key-password" : e.field();
            var where =
                    known == null || certificateFile != null
                            ? "--" + option + "-file"
                            : "environment '" + environment.name() + "', " + e.field();
            throw new CommandFailure(ExitCode.USAGE, where + ": " + e.describe());
        }
    }

    private static @Nullable KnownEnvironment known(
            CommandContext context, Environment environment) {
        return environments(context).byName().get(environment.name());
    }

    /** What is shown to proxies, and whom it trusts. */
    private AdminAccess access(@Nullable KnownEnvironment known) {
        var files =
                new CertificatePaths(
                        CertificatePaths.reference(certificateFile),
                        CertificatePaths.reference(keyFile),
                        CertificatePaths.reference(authorityFile),
                        CertificatePaths.reference(passwordFile));
        if (files.certificate() == null && files.key() != null) {
            throw new CommandFailure(ExitCode.USAGE, "--key-file needs --certificate-file");
        }
        if (known == null) {
            return new AdminAccess(tokenFile == null ? null : token(tokenFile), files);
        }
        var file = tokenFile == null ? known.tokenFile() : tokenFile;
        boolean own = !files.equals(CertificatePaths.NONE);
        return new AdminAccess(file == null ? null : token(file), own ? files : known.files());
    }

    /**
     * The token in a file.
     *
     * @throws CommandFailure when there is none
     */
    static String token(Path tokenFile) {
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
