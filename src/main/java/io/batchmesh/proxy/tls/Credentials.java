package io.batchmesh.proxy.tls;

import io.batchmesh.config.TlsConfig;
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
 * What a sidecar shows and whom it trusts.
 *
 * @param chain its certificate and those that lead to the authority; empty when it shows none
 * @param key of the first certificate; null when it shows none
 * @param authorities whom it trusts; empty when it checks nobody
 * @param digest of the files it was read from
 */
record Credentials(
        List<X509Certificate> chain,
        @Nullable PrivateKey key,
        List<X509Certificate> authorities,
        String digest) {
    private static final String CERTIFICATE = "certificate";

    Credentials {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /** Reads the files of a config; blocks. */
    static Credentials read(TlsConfig config, Instant now) throws TlsFault {
        return of(config, TlsFiles.read(config), now);
    }

    /** What is in the files of a config. */
    static Credentials of(TlsConfig config, TlsFiles files, Instant now) throws TlsFault {
        var authority = files.get("authority");
        var authorities =
                authority == null
                        ? List.<X509Certificate>of()
                        : certificates("authority", authority);
        var certificate = files.get(CERTIFICATE);
        if (certificate == null) {
            return new Credentials(List.of(), null, authorities, files.digest());
        }
        var reference = config.certificate();
        var own =
                reference != null && TlsConfig.isPkcs12(reference)
                        ? store(certificate, password(files))
                        : pair(certificate, files);
        check(own, now);
        return new Credentials(own.chain(), own.key(), authorities, files.digest());
    }

    private record Own(List<X509Certificate> chain, PrivateKey key) {}

    private static Own pair(byte[] certificate, TlsFiles files) throws TlsFault {
        var chain = certificates(CERTIFICATE, certificate);
        var key = files.get("key");
        if (key == null) {
            throw new TlsFault("key", "there is no key", "add key, such as file:key.pem");
        }
        return new Own(chain, KeyReader.read(key, password(files)));
    }

    private static char[] password(TlsFiles files) {
        var password = files.get("password");
        return password == null
                ? new char[0]
                : new String(password, StandardCharsets.UTF_8).strip().toCharArray();
    }

    private static Own store(byte[] file, char[] password) throws TlsFault {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), password);
            for (var alias : java.util.Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return new Own(x509(store.getCertificateChain(alias)), key);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsFault(
                    CERTIFICATE,
                    "the PKCS #12 file cannot be opened",
                    "check that it is one, and name the file of its password in password");
        }
        throw new TlsFault(CERTIFICATE, "the PKCS #12 file has no key in it", "export it with one");
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
    static List<X509Certificate> certificates(String field, byte[] file) throws TlsFault {
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
            throw new TlsFault(field, "a certificate in the file is damaged", "write it as PEM");
        }
        if (result.isEmpty()) {
            throw new TlsFault(field, "there is no certificate in the file", "write it as PEM");
        }
        return result;
    }

    private static void check(Own own, Instant now) throws TlsFault {
        var first = own.chain().getFirst();
        if (!KeyReader.fits(own.key(), first.getPublicKey())) {
            throw new TlsFault(
                    "key", "the key is not the one of the certificate", "put both there together");
        }
        if (now.isAfter(first.getNotAfter().toInstant())) {
            throw new TlsFault(
                    CERTIFICATE,
                    "the certificate expired at " + first.getNotAfter().toInstant(),
                    "renew it");
        }
        if (now.isBefore(first.getNotBefore().toInstant())) {
            throw new TlsFault(
                    CERTIFICATE,
                    "the certificate is valid only from " + first.getNotBefore().toInstant(),
                    "wait, or check the clock");
        }
        var weakness = PeerCheck.weakness(own.chain());
        if (weakness != null) {
            throw new TlsFault(CERTIFICATE, weakness, "issue a stronger one");
        }
    }
}
