package io.batchmesh.cli;

import io.batchmesh.target.Access;
import io.batchmesh.target.AccessException;
import io.batchmesh.target.Credentials;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a server of metrics is spoken to. */
final class AccessOptions {
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the bearer token that is wanted; read anew for each request.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The user for basic authentication, with --password-file.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the user's password; read anew for each request.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the authorities to believe, in place of the usual ones.")
    private @Nullable Path authority;

    /**
     * What the options say.
     *
     * @throws CommandFailure when they contradict one another
     */
    Access access() {
        if (tokenFile != null && (user != null || passwordFile != null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "either --token-file, or --user with --password-file");
        }
        if (tokenFile != null) {
            return new Access(authority, new Credentials.Bearer(tokenFile));
        }
        if (user != null && passwordFile != null) {
            return new Access(authority, new Credentials.Basic(user, passwordFile));
        }
        if (user != null || passwordFile != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--user and --password-file are wanted together");
        }
        return new Access(authority, Credentials.NONE);
    }

    /**
     * A client that keeps to the options.
     *
     * @throws CommandFailure when the files cannot be used
     */
    OkHttpClient client(CommandContext context) {
        try {
            return access().client(context.http().get());
        } catch (AccessException e) {
            throw new CommandFailure(ExitCode.USAGE, "--ca: " + e.getMessage());
        }
    }
}
