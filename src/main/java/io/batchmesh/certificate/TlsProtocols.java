package io.batchmesh.certificate;

import java.util.List;

/**
 * What is spoken: TLS 1.2 with forward secrecy and an authenticated cipher, or TLS 1.3 (RFC 9325,
 * section 4.2).
 */
public final class TlsProtocols {
    /** The versions, newest first. */
    public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** The cipher suites, dearest first. */
    public static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsProtocols() {}
}
