package io.batchmesh.proxy.cache;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** An answer that may be given several times. */
public final class CachedReply {
    private final HttpHeaders headers;
    private final byte[] body;
    private final long storedNanos;
    private final long freshNanos;
    private final long staleNanos;

    /**
     * An answer.
     *
     * @param headers not changed any more
     * @param body not changed any more
     * @param storedNanos when it came
     * @param freshNanos how long it is fresh from then
     * @param staleNanos how long it may be given after that while a new one is fetched
     */
    public CachedReply(
            HttpHeaders headers, byte[] body, long storedNanos, long freshNanos, long staleNanos) {
        this.headers = headers;
        this.body = body;
        this.storedNanos = storedNanos;
        this.freshNanos = freshNanos;
        this.staleNanos = staleNanos;
    }

    boolean fresh(long now) {
        return now - storedNanos < freshNanos;
    }

    boolean usable(long now) {
        return now - storedNanos < freshNanos + staleNanos;
    }

    /** Whether it is worth keeping at all. */
    boolean lasts() {
        return freshNanos + staleNanos > 0;
    }

    /** About what it takes in memory. */
    int weight() {
        int size = 256 + body.length;
        for (var field : headers) {
            size += 2 * (field.getKey().length() + field.getValue().length()) + 64;
        }
        return size;
    }

    /** The answer, to be sent and released. */
    public FullHttpResponse reply(long now) {
        var copy = headers.copy();
        long age = TimeUnit.NANOSECONDS.toSeconds(now - storedNanos);
        // Even when it is 0: RFC 9111, section 4, wants it in every answer from a cache.
        long before = copy.getInt(HttpHeaderNames.AGE, 0);
        copy.set(HttpHeaderNames.AGE, String.valueOf(age + before));
        copy.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                Unpooled.wrappedBuffer(body),
                copy,
                EmptyHttpHeaders.INSTANCE);
    }
}
