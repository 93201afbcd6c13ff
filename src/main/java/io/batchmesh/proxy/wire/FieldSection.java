package io.batchmesh.proxy.wire;

/** Which section of which message some fields are: it decides which fields it may have. */
enum FieldSection {
    REQUEST("header section"),
    /** Headers of a request whose authority stands in its control data. */
    REQUEST_WITHOUT_HOST("header section"),
    RESPONSE("header section"),
    /** Of an informational response: checked and forgotten. */
    INFORMATIONAL("informational section"),
    TRAILERS("trailer section");

    private final String title;

    FieldSection(String title) {
        this.title = title;
    }

    /** The name in messages. */
    String title() {
        return title;
    }

    /** Whether fields that frame or route the message may stand here (RFC 9110, 6.5.1). */
    boolean isTrailers() {
        return this == TRAILERS;
    }
}
