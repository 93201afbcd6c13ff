package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.CertificateFiles;
import io.batchmesh.certificate.Credentials;
import io.batchmesh.json.Fault;
import io.batchmesh.policy.Tracing;
import io.netty.handler.ssl.SslContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may vouch for a host outside of the mesh: the authorities of a file, or those that Java
 * trusts. A file that changes is taken by {@link #poll}; one that cannot be used changes nothing.
 * Safe for use by several threads.
 */
public final class HostTrust {
    private static final Logger LOG = LoggerFactory.getLogger(HostTrust.class);
    private static final String FIELD = "authority";

    private final @Nullable String authority;
    private volatile State state;
    private volatile @Nullable String refused;

    private record State(String digest, SslContext context) {}

    /** What came of reading it. */
    public sealed interface Load {
        /** It can be used; null when nothing is to be trusted. */
        record Ready(@Nullable HostTrust trust) implements Load {}

        /** It cannot. */
        record Unusable(Fault fault) implements Load {}
    }

    private HostTrust(@Nullable String authority, State state) {
        this.authority = authority;
        this.state = state;
    }

    /** Reads whom a config trusts as its collector; blocks. */
    public static Load read(@Nullable Tracing tracing) {
        if (tracing == null || !tracing.secured()) {
            return new Load.Ready(null);
        }
        try {
            var authority = tracing.authority();
            return new Load.Ready(new HostTrust(authority, state(files(authority))));
        } catch (CertificateFault e) {
            return new Load.Unusable(e.fault("/tracing/"));
        }
    }

    private static CertificateFiles files(@Nullable String authority) throws CertificateFault {
        return CertificateFiles.read(FIELD, authority);
    }

    private static State state(CertificateFiles files) throws CertificateFault {
        var file = files.get(FIELD);
        try {
            var trusted = file == null ? null : Credentials.certificates(FIELD, file);
            return new State(files.digest(), TlsContexts.outside(trusted));
        } catch (SSLException | IllegalArgumentException e) {
            throw new CertificateFault(
                    FIELD, "cannot be used: " + e.getMessage(), "write it as PEM");
        }
    }

    /** Takes the file when it has changed; blocks. */
    public void poll() {
        if (authority == null) {
            return;
        }
        var digest = "unreadable";
        try {
            var files = files(authority);
            digest = files.digest();
            if (!digest.equals(state.digest()) && !digest.equals(refused)) {
                state = state(files);
                LOG.info("the collector of traces is checked by a new authority");
            }
            refused = null;
        } catch (CertificateFault e) {
            if (!digest.equals(refused)) {
                LOG.warn("{}; the authority read before stays in force", e.getMessage());
            }
            refused = digest;
        }
    }

    SslContext context() {
        return state.context();
    }
}
