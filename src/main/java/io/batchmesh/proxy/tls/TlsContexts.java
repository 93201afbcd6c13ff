package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.Credentials;
import io.batchmesh.certificate.TlsProtocols;
import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * All that is made of one state of the files: what both listeners and all clients speak. Immutable
 * but for clients' contexts, which are made when they are first wanted. Safe for use by several
 * threads.
 */
final class TlsContexts {
    /** A resumed session is not checked again, so none is resumed for long. */
    private static final long SESSION_SECONDS = 300;

    private static final long SESSIONS = 1024;

    private final TlsConfig config;
    private final Credentials credentials;
    private final Instant loaded;
    private final Map<Side, SslContext> servers = new EnumMap<>(Side.class);
    private final Map<ClientKind, SslContext> clients = new ConcurrentHashMap<>();

    private record ClientKind(Offer offer, TlsMode mode) {}

    private TlsContexts(TlsConfig config, Credentials credentials, Instant loaded) {
        this.config = config;
        this.credentials = credentials;
        this.loaded = loaded;
    }

    static TlsContexts of(TlsConfig config, Credentials credentials, Instant now)
            throws CertificateFault {
        var made = new TlsContexts(config, credentials, now);
        try {
            for (var side : Side.values()) {
                if (side.mode(config).on()) {
                    made.servers.put(side, made.server(side));
                }
            }
            if (!credentials.authorities().isEmpty()) {
                // What cannot be used is to be known now, not at the first call.
                made.client(Offer.HTTP1, TlsMode.SIMPLE);
            }
        } catch (SSLException | IllegalArgumentException e) {
            throw new CertificateFault(
                    "certificate", "cannot be used: " + e.getMessage(), "check key and chain");
        }
        return made;
    }

    TlsConfig config() {
        return config;
    }

    Credentials credentials() {
        return credentials;
    }

    Instant loaded() {
        return loaded;
    }

    /** What a listener speaks; null for clear text. */
    @Nullable SslContext servers(Side side) {
        return servers.get(side);
    }

    private SslContext server(Side side) throws SSLException {
        var mode = side.mode(config);
        var builder =
                SslContextBuilder.forServer(credentials.key(), credentials.chain())
                        .clientAuth(mode == TlsMode.MUTUAL ? ClientAuth.REQUIRE : ClientAuth.NONE);
        if (mode == TlsMode.MUTUAL) {
            builder.trustManager(credentials.authorities());
        }
        return common(builder, side.protocols()).build();
    }

    /**
     * What is spoken to a peer.
     *
     * @throws IllegalStateException when the config lacks what is needed
     */
    SslContext clients(Offer offer, TlsMode mode) {
        return clients.computeIfAbsent(
                new ClientKind(offer, mode),
                kind -> {
                    try {
                        return client(offer, mode);
                    } catch (SSLException e) {
                        throw new IllegalStateException("TLS cannot be spoken", e);
                    }
                });
    }

    private SslContext client(Offer offer, TlsMode mode) throws SSLException {
        if (credentials.authorities().isEmpty()) {
            throw new IllegalStateException("there is no authority to check peers against");
        }
        var builder =
                SslContextBuilder.forClient()
                        .trustManager(credentials.authorities())
                        // Identities are services, not hosts: PeerCheck does it.
                        .endpointIdentificationAlgorithm(null);
        if (mode == TlsMode.MUTUAL) {
            builder.keyManager(credentials.key(), credentials.chain());
        }
        return common(builder, offer.protocols()).build();
    }

    /**
     * What is spoken to hosts outside of the mesh, which are held to their names.
     *
     * @param authorities whom to trust; null for those that Java trusts
     */
    static SslContext outside(@Nullable List<X509Certificate> authorities) throws SSLException {
        var builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        if (authorities != null) {
            builder.trustManager(authorities);
        }
        return common(builder, Offer.HTTP1.protocols()).build();
    }

    private static SslContextBuilder common(SslContextBuilder builder, List<String> protocols) {
        return builder.sslProvider(SslProvider.JDK)
                .protocols(TlsProtocols.VERSIONS)
                .ciphers(TlsProtocols.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .sessionTimeout(SESSION_SECONDS)
                .sessionCacheSize(SESSIONS)
                .applicationProtocolConfig(
                        new ApplicationProtocolConfig(
                                Protocol.ALPN,
                                SelectorFailureBehavior.FATAL_ALERT,
                                SelectedListenerFailureBehavior.ACCEPT,
                                protocols));
    }
}
