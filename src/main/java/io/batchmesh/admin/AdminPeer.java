package io.batchmesh.admin;

import io.batchmesh.certificate.Weakness;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param local the address of ours to which he is connected
 * @param identity whom his certificate, which the authority issued, is for; null when he shows none
 * @param weakness why that certificate is not relied on; null when it is, or when there is none
 */
record AdminPeer(InetSocketAddress local, @Nullable String identity, @Nullable String weakness) {
    static AdminPeer at(Channel channel) {
        var local = (InetSocketAddress) channel.localAddress();
        var tls = channel.pipeline().get(SslHandler.class);
        var chain = tls == null ? List.<X509Certificate>of() : chain(tls);
        return chain.isEmpty()
                ? new AdminPeer(local, null, null)
                : new AdminPeer(local, name(chain.getFirst()), Weakness.of(chain));
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

    /** The subject (RFC 2253), or the alternative names where there is none. */
    private static String name(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        if (!subject.isEmpty()) {
            return subject;
        }
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? "nobody"
                    : names.stream()
                            .map(n -> Objects.toString(n.get(1)))
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            return "nobody";
        }
    }
}
