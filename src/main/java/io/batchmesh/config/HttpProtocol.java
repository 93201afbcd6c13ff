package io.batchmesh.config;

import io.batchmesh.json.Choice;

/** Which HTTP is spoken to an address. */
public enum HttpProtocol {
    /** HTTP/1.1. */
    HTTP1("http1"),
    /** HTTP/2, with prior knowledge (RFC 9113, section 3.3) or by ALPN. */
    H2("h2"),
    /** gRPC, which is HTTP/2 with trailers. */
    GRPC("grpc");

    /** The constants by the names they have in files. */
    public static final Choice<HttpProtocol> CHOICE =
            Choice.of(HttpProtocol.class, HttpProtocol::label);

    private final String label;

    HttpProtocol(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether it is HTTP/2. */
    public boolean multiplexed() {
        return this != HTTP1;
    }
}
