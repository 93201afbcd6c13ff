package io.batchmesh.proxy.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What is asked of a peer beyond a certificate path to the authority. */
public final class PeerCheck {
    private static final int LEAST_RSA_BITS = 2048;

    private PeerCheck() {}

    /**
     * Notes who a caller is once its handshake is done.
     *
     * @return why it is turned away, or null
     */
    public static @Nullable String caller(Channel channel, SslHandler tls) {
        var chain = chain(tls);
        if (chain.isEmpty()) {
            return tls.engine().getNeedClientAuth() ? "it shows no certificate" : null;
        }
        var weakness = weakness(chain);
        if (weakness == null) {
            PeerIdentity.of(chain.getFirst()).noteOn(channel);
        }
        return weakness;
    }

    /** Why the one who answered is not the one who was called; null when it is. */
    static @Nullable String called(SslHandler tls, String expected) {
        var chain = chain(tls);
        if (chain.isEmpty()) {
            return "it shows no certificate";
        }
        var weakness = weakness(chain);
        if (weakness != null) {
            return weakness;
        }
        var who = PeerIdentity.of(chain.getFirst());
        return who.is(expected)
                ? null
                : "its certificate is for " + who.describe() + ", not for " + expected;
    }

    private static List<X509Certificate> chain(SslHandler tls) {
        var result = new ArrayList<X509Certificate>();
        try {
            for (var one : tls.engine().getSession().getPeerCertificates()) {
                if (one instanceof X509Certificate certificate) {
                    result.add(certificate);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
        return result;
    }

    /** What is too weak in a chain; null when nothing is. */
    static @Nullable String weakness(List<X509Certificate> chain) {
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
