package io.batchmesh.target;

import io.batchmesh.certificate.CertificatePaths;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the proxies of an environment are spoken to, as the operator's file of environments says.
 * Secrets stay in the files that it names.
 *
 * @param tokenFile holds the bearer token of the admin endpoints, or null for none
 * @param files the certificate that is shown to them, and the authority that they are checked
 *     against
 * @param prometheus whose metrics are looked at in place of those of the proxies; null for theirs
 * @param traces where traces are looked at, with {@code {traceId}} in it; null where not known
 */
public record KnownEnvironment(
        @Nullable Path tokenFile,
        CertificatePaths files,
        @Nullable PrometheusPlace prometheus,
        @Nullable String traces) {
    /**
     * A Prometheus server.
     *
     * @param address where it answers
     * @param access how it is spoken to
     */
    public record PrometheusPlace(URI address, Access access) {}
}
