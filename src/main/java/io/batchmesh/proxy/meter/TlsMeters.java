package io.batchmesh.proxy.meter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is counted of TLS. Safe for use by several threads. */
public final class TlsMeters {
    private final Map<Handshake, AtomicLong> handshakes = new ConcurrentHashMap<>();
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong failedReloads = new AtomicLong();
    private volatile @Nullable Long expirySeconds;

    /**
     * A kind of handshake.
     *
     * @param side {@code inbound}, {@code outbound}, {@code upstream} or {@code collector}
     * @param result {@code ok}, or one of a fixed set of reasons
     */
    record Handshake(String side, String result) {}

    /** A handshake was done, or failed. */
    public void handshake(String side, String result) {
        handshakes
                .computeIfAbsent(new Handshake(side, result), h -> new AtomicLong())
                .incrementAndGet();
    }

    /** Changed files were taken, or could not be. */
    public void reloaded(boolean well) {
        (well ? reloads : failedReloads).incrementAndGet();
    }

    /** When the own certificate expires, in seconds since 1970; null when there is none. */
    public void expiry(@Nullable Long seconds) {
        expirySeconds = seconds;
    }

    /** Changed files that were taken. */
    public long reloads() {
        return reloads.get();
    }

    /** Changed files that could not be used. */
    public long failedReloads() {
        return failedReloads.get();
    }

    Map<Handshake, AtomicLong> handshakes() {
        return handshakes;
    }

    @Nullable Long expirySeconds() {
        return expirySeconds;
    }
}
