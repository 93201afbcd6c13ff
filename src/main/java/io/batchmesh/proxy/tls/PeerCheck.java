package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.Weakness;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What is asked of a peer beyond a certificate path to the authority. */
public final class PeerCheck {
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
        var weakness = Weakness.of(chain);
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
        var weakness = Weakness.of(chain);
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
}
