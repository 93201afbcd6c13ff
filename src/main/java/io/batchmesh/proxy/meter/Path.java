package io.batchmesh.proxy.meter;

/** How a request was answered: the label {@code path}. */
public enum Path {
    BATCHED("batched"),
    PLAIN("plain"),
    HIT("hit"),
    COALESCED("coalesced"),
    SHED("shed");

    private final String label;

    Path(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
