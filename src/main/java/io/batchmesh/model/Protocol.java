package io.batchmesh.model;

import io.batchmesh.json.Choice;

/** What is spoken on a port. */
public enum Protocol {
    HTTP1("http1"),
    H2("h2"),
    GRPC("grpc"),
    /** Never batched. */
    TCP("tcp");

    /** The constants by the names they have in files. */
    public static final Choice<Protocol> CHOICE = Choice.of(Protocol.class, Protocol::label);

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
