package io.batchmesh.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one who speaks TLS shows, and whom he trusts.
 *
 * @param chain the own certificate and those that lead to the authority; empty when none is shown
 * @param key of the first certificate; null when none is shown
 * @param authorities whom to trust; empty when nobody is checked
 * @param digest of the files that this was read from
 */
public record Credentials(
        List<X509Certificate> chain,
        @Nullable PrivateKey key,
        List<X509Certificate> authorities,
        String digest) {
    private static final String CERTIFICATE = "certificate";

    public Credentials {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /** Reads files; blocks. */
    public static Credentials read(CertificatePaths paths, Instant now) throws CertificateFault {
        return of(paths, CertificateFiles.read(paths), now);
    }

    /** What is in files that were read. */
    public static Credentials of(CertificatePaths paths, CertificateFiles files, Instant now)
            throws CertificateFault {
        var authority = files.get("authority");
        var authorities =
                authority == null
                        ? List.<X509Certificate>of()
                        : certificates("authority", authority);
        var certificate = files.get(CERTIFICATE);
        if (certificate == null) {
            return new Credentials(List.of(), null, authorities, files.digest());
        }
        var reference = paths.certificate();
        var own =
                reference != null && CertificatePaths.isPkcs12(reference)
                        ? store(certificate, password(files))
                        : pair(certificate, files);
        check(own, now);
        return new Credentials(own.chain(), own.key(), authorities, files.digest());
    }

    private record Own(List<X509Certificate> chain, PrivateKey key) {}

    private static Own pair(byte[] certificate, CertificateFiles files) throws CertificateFault {
        var chain = certificates(CERTIFICATE, certificate);
        var key = files.get("key");
        if (key == null) {
            throw new CertificateFault("key", "there is no key", "add key, such as file:key.pem");
        }
        return new Own(chain, KeyReader.read(key, password(files)));
    }

    private static char[] password(CertificateFiles files) {
        var password = files.get("password");
        return password == null
                ? new char[0]
                : new String(password, StandardCharsets.UTF_8).strip().toCharArray();
    }

    private static Own store(byte[] file, char[] password) throws CertificateFault {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), password);
            for (var alias : java.util.Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return new Own(x509(store.getCertificateChain(alias)), key);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateFault(
                    CERTIFICATE,
                    "the PKCS #12 file cannot be opened",
                    "check that it is one, and name the file of its password in password");
        }
        throw new CertificateFault(
                CERTIFICATE, "the PKCS #12 file has no key in it", "export it with one");
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        var result = new ArrayList<X509Certificate>();
        for (var one : chain) {
            if (one instanceof X509Certificate certificate) {
                result.add(certificate);
            }
        }
        return result;
    }

    /** The certificates in a file. */
    public static List<X509Certificate> certificates(String field, byte[] file)
            throws CertificateFault {
        var result = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : Pem.parse(file)) {
                if (block.label().equals("CERTIFICATE")
                        && factory.generateCertificate(new ByteArrayInputStream(block.der()))
                                instanceof X509Certificate certificate) {
                    result.add(certificate);
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new CertificateFault(
                    field, "a certificate in the file is damaged", "write it as PEM");
        }
        if (result.isEmpty()) {
            throw new CertificateFault(
                    field, "there is no certificate in the file", "write it as PEM");
        }
        return result;
    }

    private static void check(Own own, Instant now) throws CertificateFault {
        var first = own.chain().getFirst();
        if (!KeyReader.fits(own.key(), first.getPublicKey())) {
            throw new CertificateFault(
                    "key", "the key is not the one of the certificate", "put both there together");
        }
        if (now.isAfter(first.getNotAfter().toInstant())) {
            throw new CertificateFault(
                    CERTIFICATE,
                    "the certificate expired at " + first.getNotAfter().toInstant(),
                    "renew it");
        }
        if (now.isBefore(first.getNotBefore().toInstant())) {
            throw new CertificateFault(
                    CERTIFICATE,
                    "the certificate is valid only from " + first.getNotBefore().toInstant(),
                    "wait, or check the clock");
        }
        var weakness = Weakness.of(own.chain());
        if (weakness != null) {
            throw new CertificateFault(CERTIFICATE, weakness, "issue a stronger one");
        }
    }
}
