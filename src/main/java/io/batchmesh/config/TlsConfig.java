package io.batchmesh.config;

import io.batchmesh.certificate.CertificatePaths;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy shows and checks certificates. Files are named by references such as {@code
 * file:cert.pem}, absolute or from the proxy's working directory; no secret is ever in a config.
 *
 * @param mode what is spoken on the inbound listener, and to peers unless an upstream says
 *     otherwise
 * @param certificate the proxy's certificate with those that lead to the authority, as PEM, or with
 *     its key as PKCS #12 when the name ends in {@code .p12} or {@code .pfx}
 * @param key the private key, as PEM (PKCS #8, possibly encrypted)
 * @param authority the certificates of the authorities that peers are checked against, as PEM
 * @param password a file with the password of the key or of the PKCS #12 file
 * @param outbound what is spoken on the outbound listener
 */
public record TlsConfig(
        TlsMode mode,
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String authority,
        @Nullable String password,
        TlsMode outbound) {
    /** How the references to files begin. */
    public static final String FILE = CertificatePaths.FILE;

    /** PEM files, and an outbound listener in clear text. */
    public TlsConfig(
            TlsMode mode,
            @Nullable String certificate,
            @Nullable String key,
            @Nullable String authority) {
        this(mode, certificate, key, authority, null, TlsMode.OFF);
    }

    /** The files, without what is spoken by them. */
    public CertificatePaths files() {
        return new CertificatePaths(certificate, key, authority, password);
    }
}
