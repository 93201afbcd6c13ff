package io.batchmesh.config;

import io.batchmesh.json.Choice;

/** Who answers at an upstream address. */
public enum Peer {
    /** A sidecar, which takes batches. */
    SIDECAR("sidecar"),
    /** Anything that speaks HTTP; it gets plain requests. */
    PLAIN("plain");

    /** The constants by the names they have in files. */
    public static final Choice<Peer> CHOICE = Choice.of(Peer.class, Peer::label);

    private final String label;

    Peer(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
