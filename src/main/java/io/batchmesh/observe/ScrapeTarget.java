package io.batchmesh.observe;

import io.batchmesh.target.Access;
import java.net.URI;

/**
 * A proxy that is watched.
 *
 * @param proxy its name, unique among the targets
 * @param service the service that it stands beside
 * @param metrics where its exposition is; {@code http} or {@code https}
 * @param access how it is spoken to
 */
public record ScrapeTarget(String proxy, String service, URI metrics, Access access) {
    /** One that wants no credentials. */
    public ScrapeTarget(String proxy, String service, URI metrics) {
        this(proxy, service, metrics, Access.NONE);
    }

    public ScrapeTarget {
        var scheme = metrics.getScheme();
        if (metrics.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("not an http or https address: " + metrics);
        }
    }
}
