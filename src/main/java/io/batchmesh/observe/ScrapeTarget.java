package io.batchmesh.observe;

import java.net.URI;

/**
 * A proxy that is watched.
 *
 * @param proxy its name, unique among the targets
 * @param service the service that it stands beside
 * @param metrics where its exposition is; {@code http} or {@code https}
 */
public record ScrapeTarget(String proxy, String service, URI metrics) {
    public ScrapeTarget {
        var scheme = metrics.getScheme();
        if (metrics.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("not an http or https address: " + metrics);
        }
    }
}
