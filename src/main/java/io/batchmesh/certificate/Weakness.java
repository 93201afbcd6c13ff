package io.batchmesh.certificate;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What nobody should rely on in a chain, whoever issued it. */
public final class Weakness {
    private static final int LEAST_RSA_BITS = 2048;

    private Weakness() {}

    /** What is too weak in a chain; null when nothing is. */
    public static @Nullable String of(List<X509Certificate> chain) {
        for (var certificate : chain) {
            var signed = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
            boolean selfSigned =
                    certificate
                            .getSubjectX500Principal()
                            .equals(certificate.getIssuerX500Principal());
            // Nobody relies on the signature of an authority on itself.
            if (!selfSigned && (signed.contains("SHA1") || signed.contains("MD5"))) {
                return "a certificate is signed by " + certificate.getSigAlgName();
            }
            if (certificate.getPublicKey() instanceof RSAKey key
                    && key.getModulus().bitLength() < LEAST_RSA_BITS) {
                return "a key has %d bits; RSA needs %d"
                        .formatted(key.getModulus().bitLength(), LEAST_RSA_BITS);
            }
        }
        return null;
    }
}
