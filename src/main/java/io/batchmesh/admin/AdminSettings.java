package io.batchmesh.admin;

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
 */
public record AdminSettings(
        HostPort bind,
        @Nullable String token,
        @Nullable Path stateDirectory,
        boolean reset,
        Set<String> hosts,
        Limits limits) {
    public AdminSettings {
        hosts = Set.copyOf(hosts);
    }

    /** Any free port of the loopback address, nothing kept. */
    public static AdminSettings loopback() {
        return of(new HostPort("127.0.0.1", 0));
    }

    /** An address without a token, nothing kept. */
    public static AdminSettings of(HostPort bind) {
        return new AdminSettings(bind, null, null, false, Set.of(), Limits.DEFAULT);
    }

    public AdminSettings withToken(@Nullable String token) {
        return new AdminSettings(bind, token, stateDirectory, reset, hosts, limits);
    }

    /** Keeps configs in a directory; {@code reset} forgets those of before. */
    public AdminSettings withState(Path directory, boolean reset) {
        return new AdminSettings(bind, token, directory, reset, hosts, limits);
    }

    public AdminSettings withLimits(Limits limits) {
        return new AdminSettings(bind, token, stateDirectory, reset, hosts, limits);
    }

    /** The text without the token. */
    @Override
    public String toString() {
        return "AdminSettings[" + bind + ", token=" + (token == null ? "none" : "set") + "]";
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
