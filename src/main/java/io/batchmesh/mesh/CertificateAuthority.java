package io.batchmesh.mesh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Issues the certificates of a local mesh: X.509 version 3 (RFC 5280) with keys on the curve P-256.
 * Its own key is never written anywhere. Safe for use by several threads.
 */
public final class CertificateAuthority {
    /** The trust domain of the SPIFFE IDs that it issues. */
    public static final String DOMAIN = "batchmesh.local";

    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int DNS = 2;
    private static final int URI = 6;

    /** How far clocks may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private CertificateAuthority(String name, Instant now, Duration life) {
        this.name = name;
        this.keys = newKeys(random);
        var subject = new Subject(name, List.of(), now.minus(SKEW), now.plus(life));
        this.certificate = sign(subject, keys.getPublic(), true);
    }

    /** An authority with a fresh key. */
    public static CertificateAuthority create(String name, Instant now, Duration life) {
        return new CertificateAuthority(name, now, life);
    }

    /**
     * Whom a certificate is for.
     *
     * @param name the common name, for people only
     * @param names alternative names: those with {@code ://} in them are URIs, the others DNS names
     */
    public record Subject(String name, List<String> names, Instant from, Instant until) {
        public Subject {
            names = List.copyOf(names);
        }
    }

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, PrivateKey key) {
        /** The certificate as PEM. */
        public String certificatePem() {
            return pem("CERTIFICATE", encoded(certificate));
        }

        /** The key as PEM, PKCS #8. */
        public String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Its own certificate as PEM. */
    public String certificatePem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /** A certificate with a fresh key for the sidecars of a service. */
    public Issued issue(String service, Instant now, Duration life) {
        var names = new ArrayList<String>();
        names.add("spiffe://" + DOMAIN + "/service/" + service);
        if (service.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")) {
            names.add(service);
        }
        return issue(new Subject(service, names, now.minus(SKEW), now.plus(life)));
    }

    /** A certificate with a fresh key. */
    public Issued issue(Subject subject) {
        var fresh = newKeys(random);
        return new Issued(sign(subject, fresh.getPublic(), false), fresh.getPrivate());
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    private X509Certificate sign(Subject subject, PublicKey key, boolean authority) {
        var algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
        var body =
                Der.sequence(
                        Der.explicit(0, Der.integer(BigInteger.TWO)),
                        Der.integer(new BigInteger(126, random).setBit(126)),
                        algorithm,
                        distinguished(name),
                        Der.sequence(Der.time(subject.from()), Der.time(subject.until())),
                        distinguished(subject.name()),
                        key.getEncoded(),
                        Der.explicit(3, extensions(subject, key, authority)));
        try {
            var signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(keys.getPrivate(), random);
            signer.update(body);
            var whole = Der.sequence(body, algorithm, Der.bits(signer.sign()));
            var factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    private static byte[] distinguished(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
    }

    private byte[] extensions(Subject subject, PublicKey key, boolean authority) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(extension("2.5.29.14", false, Der.octets(identifier(key))));
        all.writeBytes(
                extension(
                        "2.5.29.35",
                        false,
                        Der.sequence(Der.tagged(0x80, identifier(keys.getPublic())))));
        all.writeBytes(
                extension(
                        "2.5.29.19",
                        true,
                        authority ? Der.sequence(Der.flag(true)) : Der.sequence()));
        // Authorities sign certificates and lists; the others sign handshakes.
        all.writeBytes(
                extension(
                        "2.5.29.15",
                        true,
                        authority
                                ? Der.bits(new byte[] {0x06}, 1)
                                : Der.bits(new byte[] {(byte) 0x80}, 7)));
        if (!authority) {
            all.writeBytes(
                    extension(
                            "2.5.29.37",
                            false,
                            Der.sequence(Der.oid(SERVER_AUTH), Der.oid(CLIENT_AUTH))));
        }
        if (!subject.names().isEmpty()) {
            var names = new ByteArrayOutputStream();
            for (var one : subject.names()) {
                names.writeBytes(Der.name(one.contains("://") ? URI : DNS, one));
            }
            all.writeBytes(extension("2.5.29.17", false, Der.sequence(names.toByteArray())));
        }
        return Der.sequence(all.toByteArray());
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.flag(true), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    /** RFC 7093, section 2, method 1. */
    private static byte[] identifier(PublicKey key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return java.util.Arrays.copyOf(digest, 20);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it was decoded from bytes", e);
        }
    }

    private static String pem(String label, byte[] der) {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, encoder.encodeToString(der), label);
    }
}
