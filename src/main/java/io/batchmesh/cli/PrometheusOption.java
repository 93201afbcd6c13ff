package io.batchmesh.cli;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a Prometheus server, as it is given to {@code --prometheus}. */
final class PrometheusOption {
    private PrometheusOption() {}

    /**
     * Reads it; {@code http://} may be left out.
     *
     * @throws CommandFailure when it is no address
     */
    static URI address(String text) {
        var full = text.contains("://") ? text : "http://" + text;
        try {
            var address = new URI(full);
            var scheme = address.getScheme();
            if (address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                if (address.getUserInfo() != null) {
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "--prometheus: no credentials in the address; use --user and"
                                    + " --password-file");
                }
                return address;
            }
        } catch (URISyntaxException e) {
            throw failure(e.getReason());
        }
        throw failure("not an http or https address");
    }

    private static CommandFailure failure(String why) {
        return new CommandFailure(
                ExitCode.USAGE, "--prometheus: " + why + "; such as http://127.0.0.1:9090");
    }
}
