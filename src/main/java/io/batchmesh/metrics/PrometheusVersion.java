package io.batchmesh.metrics;

/**
 * Whose arithmetic of ranges: Prometheus changed it with version 3. A server says its version at
 * {@code /api/v1/status/buildinfo}.
 */
public enum PrometheusVersion {
    /** A range holds both its ends; a counter is first kept from falling below zero. */
    V2,
    /** A range does not hold its beginning; a counter is kept from falling below zero last. */
    V3;

    /** That of a version such as {@code 2.42.0}; what is not 2 counts as 3. */
    public static PrometheusVersion of(String version) {
        return version.startsWith("2.") ? V2 : V3;
    }
}
