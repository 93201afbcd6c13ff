package io.batchmesh.proxy.meter;

/** What the cache said: the label {@code result}. */
public enum CacheResult {
    HIT("hit"),
    MISS("miss"),
    STALE("stale"),
    COALESCED("coalesced"),
    BYPASS("bypass");

    private final String label;

    CacheResult(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
