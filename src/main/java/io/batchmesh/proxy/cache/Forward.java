package io.batchmesh.proxy.cache;

/** Why a request went on although there is a cache (RFC 9211, section 2.2). */
public enum Forward {
    /** The cache does not handle such requests. */
    BYPASS("bypass"),
    /** Its method cannot be answered. */
    METHOD("method"),
    /** Nothing is kept of its target. */
    URI_MISS("uri-miss"),
    /** What is kept belongs to other values of the fields in {@code Vary}, or another route. */
    VARY_MISS("vary-miss"),
    /** What is kept is fresh, but the request wants it newer. */
    REQUEST("request"),
    /** What is kept is stale. */
    STALE("stale");

    private final String label;

    Forward(String label) {
        this.label = label;
    }

    /** The token in {@code Cache-Status}. */
    public String label() {
        return label;
    }
}
