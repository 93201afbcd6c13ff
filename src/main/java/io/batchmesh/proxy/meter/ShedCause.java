package io.batchmesh.proxy.meter;

/** Which bound turned a request away: the label {@code cause}. */
public enum ShedCause {
    /** Too many requests in flight to the endpoint. */
    REQUESTS("requests"),
    /** Too many requests wait for a connection or a batch. */
    PENDING("pending"),
    /** Too many bytes wait in the batch queue. */
    BYTES("bytes");

    private final String label;

    ShedCause(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
