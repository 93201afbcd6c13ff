package io.batchmesh.certificate;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The files of one who speaks TLS, as references such as {@code file:cert.pem}, absolute or from
 * the working directory.
 *
 * @param certificate the own certificate with those that lead to the authority, as PEM, or with its
 *     key as PKCS #12 when the name ends in {@code .p12} or {@code .pfx}
 * @param key the private key, as PEM (PKCS #8, possibly encrypted)
 * @param authority the certificates of the authorities that others are checked against, as PEM
 * @param password a file with the password of the key or of the PKCS #12 file
 */
public record CertificatePaths(
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String authority,
        @Nullable String password) {
    /** How references begin. */
    public static final String FILE = "file:";

    /** No files at all. */
    public static final CertificatePaths NONE = new CertificatePaths(null, null, null, null);

    /** The reference to a file; null for none. */
    public static @Nullable String reference(@Nullable Path file) {
        return file == null ? null : FILE + file;
    }

    /** Whether a reference names a PKCS #12 file. */
    public static boolean isPkcs12(String reference) {
        var lower = reference.toLowerCase(Locale.ROOT);
        return lower.endsWith(".p12") || lower.endsWith(".pfx");
    }
}
