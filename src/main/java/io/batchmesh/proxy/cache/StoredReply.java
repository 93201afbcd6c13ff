package io.batchmesh.proxy.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer that may be given several times, with all that decides to whom and how long. */
public final class StoredReply {
    private final String route;
    private final VaryKey vary;
    private final Content content;
    private final long storedNanos;
    private final Freshness freshness;
    private final boolean noCache;
    private final boolean open;

    /** What is given; neither headers nor body change any more. */
    static final class Content {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        Content(int status, HttpHeaders headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        int status() {
            return status;
        }

        HttpHeaders headers() {
            return headers;
        }

        /** The same content under other headers. */
        Content with(HttpHeaders others) {
            return new Content(status, others, body);
        }
    }

    StoredReply(
            Question asked, VaryKey vary, Content content, long storedNanos, Freshness freshness) {
        this.route = asked.route();
        this.vary = vary;
        this.content = content;
        this.storedNanos = storedNanos;
        this.freshness = freshness;
        var control = CacheControl.of(content.headers());
        this.noCache = control.has("no-cache");
        this.open = Storing.open(control);
    }

    Content content() {
        return content;
    }

    /** Whether it answers a request: the same route and fields, and meant for such a caller. */
    boolean answers(Question question) {
        return route.equals(question.route())
                && vary.matches(question.headers())
                && (open || !question.credentials());
    }

    /** Whether it was chosen by the same route and fields, so that it takes the other's place. */
    boolean replaces(StoredReply other) {
        return route.equals(other.route) && vary.equals(other.vary);
    }

    /** Its age in nanoseconds (RFC 9111, section 4.2.3). */
    long age(long now) {
        return freshness.initialAge() + now - storedNanos;
    }

    /** How long it is still fresh; negative for how long it is stale. */
    long remaining(long now) {
        return freshness.lifetime() - age(now);
    }

    boolean noCache() {
        return noCache;
    }

    /** Whether it may be given once it is stale, when a request does not mind. */
    boolean staleAllowed() {
        var control = CacheControl.of(content.headers());
        return !noCache
                && !control.has("must-revalidate")
                && !control.has("proxy-revalidate")
                && !control.has("s-maxage");
    }

    /** Whether it may be given stale while a new one is fetched. */
    boolean usableMeanwhile(long now) {
        return !noCache && -remaining(now) < freshness.stale();
    }

    /** Whether it may be given since there is no other (RFC 5861, section 4). */
    boolean usableOnError(long now) {
        return !noCache && -remaining(now) < freshness.onError();
    }

    /** Whether it may go to those who asked while it was on its way. */
    boolean sharedOnArrival(long now) {
        return !noCache && (!freshness.explicit() || remaining(now) > 0);
    }

    /** Whether it can be asked for conditionally (RFC 9110, section 8.8). */
    public boolean isAskable() {
        return content.headers().contains(HttpHeaderNames.ETAG)
                || content.headers().contains(HttpHeaderNames.LAST_MODIFIED);
    }

    /** Whether it is worth keeping at all. */
    boolean lasts(long now) {
        boolean given =
                !noCache && remaining(now) + Math.max(freshness.stale(), freshness.onError()) > 0;
        return given || isAskable();
    }

    /** Makes a request ask whether this still holds (RFC 9111, section 4.3.1). */
    public void condition(HttpHeaders request) {
        request.remove(HttpHeaderNames.IF_NONE_MATCH);
        request.remove(HttpHeaderNames.IF_MODIFIED_SINCE);
        var etag = content.headers().get(HttpHeaderNames.ETAG);
        if (etag != null) {
            request.set(HttpHeaderNames.IF_NONE_MATCH, etag);
        }
        var modified = content.headers().get(HttpHeaderNames.LAST_MODIFIED);
        if (modified != null) {
            request.set(HttpHeaderNames.IF_MODIFIED_SINCE, modified);
        }
    }

    /** Whether a 304 speaks of this answer (RFC 9111, section 4.3.4). */
    boolean isConfirmedBy(HttpHeaders notModified) {
        var etag = notModified.get(HttpHeaderNames.ETAG);
        var own = content.headers().get(HttpHeaderNames.ETAG);
        return etag == null || own == null || Conditions.weakly(etag, own);
    }

    /** About what it takes in memory. */
    int weight() {
        int size = 384 + content.body.length + vary.weight() + 2 * route.length();
        for (var field : content.headers()) {
            size += 2 * (field.getKey().length() + field.getValue().length()) + 64;
        }
        return size;
    }

    /** The answer for a request, to be sent and released: 304 when it has it already. */
    FullHttpResponse reply(Question question, long now) {
        var copy = content.headers().copy();
        // Even when it is 0: RFC 9111, section 4, wants it in every answer from a cache.
        copy.set(
                HttpHeaderNames.AGE,
                String.valueOf(TimeUnit.NANOSECONDS.toSeconds(Math.max(0, age(now)))));
        boolean known = question.isConditional() && Conditions.holds(question.headers(), content);
        if (known) {
            copy.remove(HttpHeaderNames.CONTENT_LENGTH);
            return reply(304, Unpooled.EMPTY_BUFFER, copy);
        }
        copy.setInt(HttpHeaderNames.CONTENT_LENGTH, content.body.length);
        var body = question.head() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content.body);
        if (content.status() == 204) {
            copy.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        return reply(content.status(), body, copy);
    }

    private static FullHttpResponse reply(int status, ByteBuf body, HttpHeaders headers) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    /** The one of several that answers a request; of equal ones the newest. */
    static @Nullable StoredReply among(Iterable<StoredReply> replies, Question question) {
        StoredReply best = null;
        for (var reply : replies) {
            if (reply.answers(question)
                    && (best == null || reply.storedNanos - best.storedNanos > 0)) {
                best = reply;
            }
        }
        return best;
    }
}
