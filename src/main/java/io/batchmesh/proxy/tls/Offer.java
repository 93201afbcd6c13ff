package io.batchmesh.proxy.tls;

import java.util.List;

/** What a client offers to speak over TLS (ALPN, RFC 7301). */
public enum Offer {
    /** HTTP/1.1. */
    HTTP1,
    /** HTTP/2 and nothing else. */
    H2,
    /** The stream of batches, or HTTP/1.1 to ask for it. */
    STREAM;

    /** The name of HTTP/2. */
    public static final String ALPN_H2 = "h2";

    /** The name of HTTP/1.1. */
    public static final String ALPN_HTTP1 = "http/1.1";

    /** The name of the stream of batches. */
    public static final String ALPN_STREAM = "batchmesh/1";

    List<String> protocols() {
        return switch (this) {
            case HTTP1 -> List.of(ALPN_HTTP1);
            case H2 -> List.of(ALPN_H2);
            case STREAM -> List.of(ALPN_STREAM, ALPN_HTTP1);
        };
    }
}
