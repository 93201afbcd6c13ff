package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;

/**
 * What the field {@code Cache-Status} says of an answer (RFC 9211). It is added behind what caches
 * nearer to the service said.
 */
public final class CacheStatus {
    static final AsciiString FIELD = AsciiString.cached("cache-status");
    private static final String NAME = "batchmesh";

    private CacheStatus() {}

    /** It was kept; {@code ttl} is negative for one that is stale. */
    static void hit(HttpHeaders answer, long remainingNanos) {
        answer.add(FIELD, NAME + "; hit; ttl=" + TimeUnit.NANOSECONDS.toSeconds(remainingNanos));
    }

    /** Somebody else had asked the same and got it. */
    static void collapsed(HttpHeaders answer) {
        answer.add(FIELD, NAME + "; fwd=uri-miss; collapsed");
    }

    /** It was asked for. */
    public static void forwarded(HttpHeaders answer, Forward why, boolean stored) {
        answer.add(FIELD, NAME + "; fwd=" + why.label() + (stored ? "; stored" : ""));
    }

    /** It was kept, and is given after asking whether it still holds, or since asking failed. */
    static void asked(HttpHeaders answer, Forward why, int status, boolean stored) {
        var said = status == 0 ? "" : "; fwd-status=" + status;
        answer.add(FIELD, NAME + "; fwd=" + why.label() + said + (stored ? "; stored" : ""));
    }
}
