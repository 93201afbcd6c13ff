package io.batchmesh.admin;

import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an admin endpoint answers.
 *
 * @param bind the address; port 0 for any free one
 * @param token the bearer token that calls must show, or null for none; beyond loopback there must
 *     be one
 * @param stateDirectory where configs that were pushed are kept, or null for in memory only
 * @param reset whether what was kept is forgotten at start
 * @param hosts names by which the endpoint may be called, beside loopback names and the bound
 *     address
 * @param limits bounds against callers that mean harm
 * @param tls the files by which TLS is spoken, or null for clear text; with an authority, a
 *     certificate that it issued lets its owner in as the token does
 */
public record AdminSettings(
        HostPort bind,
        @Nullable String token,
        @Nullable Path stateDirectory,
        boolean reset,
        Set<String> hosts,
        Limits limits,
        @Nullable CertificatePaths tls) {
    public AdminSettings {
        hosts = Set.copyOf(hosts);
    }

    /** Any free port of the loopback address, nothing kept. */
    public static AdminSettings loopback() {
        return of(new HostPort("127.0.0.1", 0));
    }

    /** An address without a token, nothing kept. */
    public static AdminSettings of(HostPort bind) {
        return new AdminSettings(bind, null, null, false, Set.of(), Limits.DEFAULT, null);
    }

    public AdminSettings withToken(@Nullable String token) {
        return new AdminSettings(bind, token, stateDirectory, reset, hosts, limits, tls);
    }

    /** Keeps configs in a directory; {@code reset} forgets those of before. */
    public AdminSettings withState(Path directory, boolean reset) {
        return new AdminSettings(bind, token, directory, reset, hosts, limits, tls);
    }

    public AdminSettings withLimits(Limits limits) {
        return new AdminSettings(bind, token, stateDirectory, reset, hosts, limits, tls);
    }

    /** Speaks TLS by these files. */
    public AdminSettings withTls(@Nullable CertificatePaths files) {
        return new AdminSettings(bind, token, stateDirectory, reset, hosts, limits, files);
    }

    /** Whether a certificate lets its owner in. */
    public boolean byCertificate() {
        return tls != null && tls.authority() != null;
    }

    /** The text without the token. */
    @Override
    public String toString() {
        var secured = tls == null ? "" : ", tls";
        return "AdminSettings["
                + bind
                + ", token="
                + (token == null ? "none" : "set")
                + secured
                + "]";
    }

    /**
     * Bounds of what a caller may do.
     *
     * @param bodyBytes the largest request body
     * @param request how long a request may take to arrive, from its first byte to its last
     * @param idle how long a connection may be silent between requests
     * @param connections how many connections may be open at a time
     */
    public record Limits(int bodyBytes, Duration request, Duration idle, int connections) {
        /** 4 MiB, 10 s, 60 s, 256 connections. */
        public static final Limits DEFAULT =
                new Limits(4 << 20, Duration.ofSeconds(10), Duration.ofSeconds(60), 256);
    }
}
