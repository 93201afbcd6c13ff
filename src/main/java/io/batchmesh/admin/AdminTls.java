package io.batchmesh.admin;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.CertificateFiles;
import io.batchmesh.certificate.CertificatePaths;
import io.batchmesh.certificate.Credentials;
import io.batchmesh.certificate.TlsProtocols;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of an admin endpoint, as they are now. Files that changed are taken by {@link
 * #poll} for the connections that come then; ones that cannot be used change nothing, which is
 * logged. A caller's certificate is asked for where there is an authority, and may be left out; one
 * of another authority ends the handshake. Safe for use by several threads.
 */
final class AdminTls {
    private static final Logger LOG = LoggerFactory.getLogger(AdminTls.class);

    private final CertificatePaths paths;
    private final InstantSource clock;
    private volatile State state;
    private @Nullable String refused;

    private record State(String digest, SslContext context) {}

    private AdminTls(CertificatePaths paths, InstantSource clock) throws CertificateFault {
        this.paths = paths;
        this.clock = clock;
        this.state = state(CertificateFiles.read(paths));
    }

    /**
     * Reads the files; blocks.
     *
     * @throws CertificateFault when they cannot be used
     */
    static AdminTls read(CertificatePaths paths, InstantSource clock) throws CertificateFault {
        return new AdminTls(paths, clock);
    }

    private State state(CertificateFiles files) throws CertificateFault {
        var own = Credentials.of(paths, files, clock.instant());
        if (own.key() == null) {
            throw new CertificateFault("certificate", "there is none to show", "name its file");
        }
        try {
            var builder =
                    SslContextBuilder.forServer(own.key(), own.chain())
                            .sslProvider(SslProvider.JDK)
                            .protocols(TlsProtocols.VERSIONS)
                            .ciphers(TlsProtocols.CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
            if (!own.authorities().isEmpty()) {
                builder.trustManager(own.authorities()).clientAuth(ClientAuth.OPTIONAL);
            }
            return new State(own.digest(), builder.build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new CertificateFault(
                    "certificate", "cannot be used: " + e.getMessage(), "check key and chain");
        }
    }

    /** What new connections speak. */
    SslContext context() {
        return state.context();
    }

    /** Takes the files when they have changed; blocks. */
    synchronized void poll() {
        var digest = "unreadable";
        try {
            var files = CertificateFiles.read(paths);
            digest = files.digest();
            if (!digest.equals(state.digest()) && !digest.equals(refused)) {
                state = state(files);
                LOG.info("The admin endpoint shows its new certificate");
            }
            refused = null;
        } catch (CertificateFault e) {
            if (!digest.equals(refused)) {
                LOG.warn("{}; the admin endpoint keeps what it had", e.describe());
            }
            refused = digest;
        }
    }
}
