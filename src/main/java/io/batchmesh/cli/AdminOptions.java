package io.batchmesh.cli;

import io.batchmesh.admin.AdminSettings;
import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.config.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and how the admin endpoint of a proxy answers. */
final class AdminOptions {
    private static final int MAX_TOKEN = 4096;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description =
                    "Where the admin endpoint answers; ${DEFAULT-VALUE} by default, 0 being"
                            + " any free port. Beyond loopback it needs --token-file, or"
                            + " --admin-certificate-file with --admin-authority-file.",
            defaultValue = "127.0.0.1:0")
    private String admin = "127.0.0.1:0";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the bearer token that callers of the admin endpoint must show.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--admin-certificate-file",
            paramLabel = "FILE",
            description =
                    "Has the admin endpoint speak TLS with this certificate: PEM with"
                            + " --admin-key-file, or PKCS #12 (.p12, .pfx). Files that change are"
                            + " taken within seconds.")
    private @Nullable Path certificateFile;

    @Option(
            names = "--admin-key-file",
            paramLabel = "FILE",
            description = "Its private key, as PEM (PKCS #8).")
    private @Nullable Path keyFile;

    @Option(
            names = "--admin-authority-file",
            paramLabel = "FILE",
            description = {
                "The authorities, as PEM, whose client certificates let callers in, as the token",
                "does. Name one that issues to operators alone: all that it issues may push."
            })
    private @Nullable Path authorityFile;

    @Option(
            names = "--admin-password-file",
            paramLabel = "FILE",
            description = "Holds the password of the key, or of the PKCS #12 file.")
    private @Nullable Path passwordFile;

    /**
     * What they say.
     *
     * @throws CommandFailure when it makes no sense
     */
    AdminSettings settings() {
        var bind = HostPort.parse(admin);
        if (bind == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--admin: '" + admin + "' is no address; write HOST:PORT");
        }
        var token = tokenFile == null ? null : token(tokenFile);
        return AdminSettings.of(bind).withToken(token).withTls(files());
    }

    private @Nullable CertificatePaths files() {
        if (certificateFile == null) {
            if (keyFile != null || authorityFile != null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--admin-key-file and --admin-authority-file need"
                                + " --admin-certificate-file");
            }
            return null;
        }
        return new CertificatePaths(
                CertificatePaths.reference(certificateFile),
                CertificatePaths.reference(keyFile),
                CertificatePaths.reference(authorityFile),
                CertificatePaths.reference(passwordFile));
    }

    private static String token(Path from) {
        try (var in = Files.newInputStream(from)) {
            var bytes = in.readNBytes(MAX_TOKEN + 1);
            var text = new String(bytes, StandardCharsets.UTF_8).strip();
            if (bytes.length > MAX_TOKEN) {
                throw new CommandFailure(
                        ExitCode.INVALID, from + ": longer than " + MAX_TOKEN + " bytes");
            }
            if (!text.isEmpty()) {
                return text;
            }
            throw new CommandFailure(ExitCode.USAGE, "--token-file: " + from + " is empty");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "--token-file: cannot read " + from);
        }
    }
}
