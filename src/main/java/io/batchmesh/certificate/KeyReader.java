package io.batchmesh.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a private key from PEM: PKCS #8 (RFC 5958), possibly encrypted. */
final class KeyReader {
    private static final Logger LOG = LoggerFactory.getLogger(KeyReader.class);
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String FIELD = "key";
    private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

    private KeyReader() {}

    /**
     * The one private key of a PEM file.
     *
     * @param password of an encrypted key; empty when there is none
     */
    static PrivateKey read(byte[] file, char[] password) throws CertificateFault {
        for (var block : blocks(file)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return plain(block.der());
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return encrypted(block.der(), password);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
                        throw new CertificateFault(
                                FIELD,
                                "the key is in an old form: " + block.label(),
                                "convert it by: openssl pkcs8 -topk8 -nodes -in OLD -out NEW");
                default -> {
                    // Certificates and parameters may stand in the same file.
                }
            }
        }
        throw new CertificateFault(FIELD, "there is no private key in the file", "write it as PEM");
    }

    private static List<Pem> blocks(byte[] file) throws CertificateFault {
        try {
            return Pem.parse(file);
        } catch (IllegalArgumentException e) {
            throw new CertificateFault(
                    FIELD, "the key is damaged: " + e.getMessage(), "write it as PEM, PKCS #8");
        }
    }

    private static PrivateKey plain(byte[] der) throws CertificateFault {
        var spec = new PKCS8EncodedKeySpec(der);
        for (var kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                LOG.trace("no key of the kind {}", kind);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + kind, e);
            }
        }
        throw new CertificateFault(
                FIELD, "the key is damaged or of an unknown kind", "use EC, RSA or Ed25519");
    }

    private static PrivateKey encrypted(byte[] der, char[] password) throws CertificateFault {
        if (password.length == 0) {
            throw new CertificateFault(
                    FIELD, "the key is encrypted", "name the file of its password in password");
        }
        try {
            var info = new EncryptedPrivateKeyInfo(der);
            var parameters = info.getAlgParameters();
            boolean named = info.getAlgName().equals(PBES2) || info.getAlgName().equals("PBES2");
            var name = named && parameters != null ? parameters.toString() : info.getAlgName();
            var secret =
                    SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password));
            var cipher = Cipher.getInstance(name);
            cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
            return plain(info.getKeySpec(cipher).getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateFault(
                    FIELD,
                    "the key cannot be decrypted",
                    "check the password, and that the key is PKCS #8 with PBES2");
        }
    }

    /** Whether a key is the one of a certificate. */
    static boolean fits(PrivateKey key, PublicKey of) {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        var text = new byte[] {1, 2, 3};
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(text);
            var checker = Signature.getInstance(algorithm);
            checker.initVerify(of);
            checker.update(text);
            return checker.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
