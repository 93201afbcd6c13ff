package io.batchmesh.proxy.tls;

import io.batchmesh.certificate.CertificateFault;
import io.batchmesh.certificate.CertificateFiles;
import io.batchmesh.certificate.Credentials;
import io.batchmesh.config.ProxyConfig;
import io.batchmesh.config.TlsConfig;
import io.batchmesh.config.TlsMode;
import io.batchmesh.proxy.meter.TlsMeters;
import io.netty.handler.ssl.SslContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The certificates of one sidecar, as they are now. Files that changed are taken by {@link #poll};
 * new connections use the new ones. While changed files cannot be used, those read before stay in
 * force. Safe for use by several threads.
 */
public final class SidecarTls {
    private static final Logger LOG = LoggerFactory.getLogger(SidecarTls.class);

    /** Warned of when so much is left of the time that it had: 1 of 5 parts. */
    private static final int LATE = 5;

    private final InstantSource clock;
    private final Executor tasks;
    private final TlsMeters meters;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable TlsContexts current;
    private volatile @Nullable String fault;
    private @Nullable String failedDigest;
    private @Nullable TlsContexts warnedOf;

    /**
     * Speaks no TLS until it is told to.
     *
     * @param tasks what takes long in a handshake
     */
    public SidecarTls(InstantSource clock, Executor tasks, TlsMeters meters) {
        this.clock = clock;
        this.tasks = tasks;
        this.meters = meters;
    }

    /** Reads the files of a config, which changes nothing; blocks. */
    public TlsLoad load(ProxyConfig config) {
        return switch (HostTrust.read(config.tracing())) {
            case HostTrust.Load.Unusable(var fault) -> new TlsLoad.Unusable(fault);
            case HostTrust.Load.Ready(var collector) -> load(config.tls(), collector);
        };
    }

    private TlsLoad load(@Nullable TlsConfig config, @Nullable HostTrust collector) {
        if (config == null) {
            return new TlsLoad.Ready(null, collector);
        }
        try {
            var now = clock.instant();
            var own = current;
            var read = Credentials.read(config.files(), now);
            boolean same =
                    own != null
                            && own.config().equals(config)
                            && own.credentials().digest().equals(read.digest());
            return new TlsLoad.Ready(same ? own : TlsContexts.of(config, read, now), collector);
        } catch (CertificateFault e) {
            return new TlsLoad.Unusable(e.fault("/tls/"));
        }
    }

    /** Uses what was read from now on. */
    public void use(TlsLoad.Ready read) {
        changing.lock();
        try {
            current = read.contexts();
            fault = null;
            failedDigest = null;
            expiry();
        } finally {
            changing.unlock();
        }
    }

    private void expiry() {
        var expires = expires();
        meters.expiry(expires == null ? null : expires.getEpochSecond());
    }

    private @Nullable Instant expires() {
        var own = current;
        return own == null || own.credentials().chain().isEmpty()
                ? null
                : own.credentials().chain().getFirst().getNotAfter().toInstant();
    }

    /**
     * Takes the files when they have changed; blocks. Files that are not right are given one turn
     * to become it, since the parts of a pair are seldom written at the same moment.
     *
     * @return whether there are new certificates
     */
    public boolean poll() {
        var own = current;
        if (own == null) {
            return false;
        }
        String digest = "unreadable";
        try {
            // Without the lock, for which an event loop may wait.
            var files = CertificateFiles.read(own.config().files());
            digest = files.digest();
            if (known(own, digest)) {
                return false;
            }
            var now = clock.instant();
            var next =
                    TlsContexts.of(
                            own.config(), Credentials.of(own.config().files(), files, now), now);
            return taken(own, next);
        } catch (CertificateFault e) {
            failed(own, digest, e);
            return false;
        }
    }

    /** Whether there is nothing new about the files. */
    private boolean known(TlsContexts own, String digest) {
        changing.lock();
        try {
            boolean same = digest.equals(own.credentials().digest());
            if (same) {
                warn(own);
                fault = null;
                failedDigest = null;
            }
            return same || (fault != null && digest.equals(failedDigest));
        } finally {
            changing.unlock();
        }
    }

    private boolean taken(TlsContexts own, TlsContexts next) {
        changing.lock();
        try {
            if (!own.equals(current)) {
                return false;
            }
            current = next;
            fault = null;
            failedDigest = null;
            expiry();
        } finally {
            changing.unlock();
        }
        meters.reloaded(true);
        LOG.info("new certificates are in force, until {}", expires());
        return true;
    }

    private void failed(TlsContexts own, String digest, CertificateFault cause) {
        changing.lock();
        try {
            boolean again = digest.equals(failedDigest);
            failedDigest = digest;
            if (!again || fault != null || !own.equals(current)) {
                return;
            }
            var said = cause.fault("/tls/");
            fault = said.pointer() + ": " + said.message() + "; those read before stay in force";
        } finally {
            changing.unlock();
        }
        meters.reloaded(false);
        LOG.warn("the certificates changed and cannot be used: {}", fault);
    }

    private void warn(TlsContexts own) {
        var expires = expires();
        if (expires == null || own.equals(warnedOf)) {
            return;
        }
        var since = own.loaded();
        var late = expires.minus(java.time.Duration.between(since, expires).dividedBy(LATE));
        if (clock.instant().isAfter(late)) {
            warnedOf = own;
            LOG.warn("the certificate expires at {} and has not been renewed", expires);
        }
    }

    /** The clock by which certificates expire. */
    InstantSource clock() {
        return clock;
    }

    Executor tasks() {
        return tasks;
    }

    TlsMeters meters() {
        return meters;
    }

    /** What a listener speaks now; null for clear text. */
    @Nullable SslContext servers(Side side) {
        var own = current;
        return own == null ? null : own.servers(side);
    }

    /**
     * What is spoken to a peer now.
     *
     * @throws IllegalStateException when the config lacks what is needed, which checks prevent
     */
    SslContext clients(Offer offer, TlsMode mode) {
        var own = current;
        if (own == null) {
            throw new IllegalStateException("there are no certificates");
        }
        return own.clients(offer, mode);
    }

    /** One of the listeners. */
    public ServerTls server(Side side) {
        return new ServerTls(this, side);
    }

    /** What {@code GET /status} says of it; null when the config asks for nothing. */
    public @Nullable ObjectNode status() {
        var own = current;
        return own == null ? null : TlsStatus.of(own, clock.instant(), meters, fault);
    }
}
