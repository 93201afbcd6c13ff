package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.cache.CacheStatus;
import io.batchmesh.proxy.cache.Flight;
import io.batchmesh.proxy.cache.Forward;
import io.batchmesh.proxy.cache.Question;
import io.batchmesh.proxy.cache.ReplyCache;
import io.batchmesh.proxy.cache.StoredReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of the answer to a request that the cache could not answer. */
final class Kept {
    private final Asked asked;
    private final ReplyCache cache;
    private final long askedNanos;
    private @Nullable Flight flight;
    private @Nullable HttpHeaders headers;
    private int status;
    private @Nullable ByteArrayOutputStream body;

    /**
     * What was asked.
     *
     * @param why there was no answer
     * @param before what is kept already, and asked about where it can be; null when nothing is
     */
    record Asked(
            Question question,
            OutgoingRequest request,
            Forward why,
            @Nullable StoredReply before) {}

    Kept(Asked asked, ReplyCache cache, @Nullable Flight flight, long askedNanos) {
        this.asked = asked;
        this.cache = cache;
        this.flight = flight;
        this.askedNanos = askedNanos;
    }

    /**
     * The answer to be given in place of one that came: what was kept, since it still holds or the
     * service fails; null when the one that came is to be given.
     */
    @Nullable FullHttpResponse instead(HttpResponse answer) {
        var before = asked.before();
        int code = answer.status().code();
        if (before == null) {
            return null;
        }
        if (code == 304 && !asked.question().isConditional()) {
            var renewed = cache.confirm(asked.question(), before, answer.headers(), askedNanos);
            if (renewed == null) {
                return null;
            }
            share(renewed);
            return cache.confirmed(asked.question(), renewed, asked.why());
        }
        return code >= 500 ? onError(code) : null;
    }

    /** What is kept and may be given since there is no answer (RFC 5861, section 4), or null. */
    @Nullable FullHttpResponse onError(int code) {
        var before = asked.before();
        var reply =
                before == null ? null : cache.onError(asked.question(), before, asked.why(), code);
        if (reply != null) {
            failed();
        }
        return reply;
    }

    /** The head of a streamed answer that is given. */
    void head(HttpResponse answer) {
        changed(answer);
        boolean stores = false;
        if (mayKeep(answer)) {
            headers = answer.headers().copy();
            status = answer.status().code();
            body = new ByteArrayOutputStream();
            stores = cache.willKeep(asked.question(), answer, askedNanos);
        } else {
            notShared(answer.status().code());
        }
        CacheStatus.forwarded(answer.headers(), asked.why(), stores);
    }

    /** A piece of it. */
    void content(ByteBuf piece, boolean last) {
        if (body == null || headers == null) {
            return;
        }
        if (body.size() + piece.readableBytes() > cache.maxBody()) {
            notShared(200);
            return;
        }
        try {
            piece.getBytes(piece.readerIndex(), body, piece.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        if (last) {
            keep(status, headers, body.toByteArray());
        }
    }

    /** A whole answer that is given. */
    void whole(FullHttpResponse answer) {
        changed(answer);
        boolean fits = answer.content().readableBytes() <= cache.maxBody();
        boolean stored = false;
        if (fits && mayKeep(answer)) {
            var copy = answer.headers().copy();
            stored = keep(answer.status().code(), copy, ByteBufUtil.getBytes(answer.content()));
        } else {
            notShared(answer.status().code());
        }
        CacheStatus.forwarded(answer.headers(), asked.why(), stored);
    }

    private boolean mayKeep(HttpResponse answer) {
        boolean handled = asked.why() != Forward.BYPASS && asked.why() != Forward.METHOD;
        return handled
                && cache.mayKeep(
                        asked.question(),
                        asked.request().method(),
                        answer.status().code(),
                        answer.headers());
    }

    private boolean keep(int code, HttpHeaders fields, byte[] bytes) {
        body = null;
        var reply = cache.keep(asked.question(), code, fields, bytes, askedNanos);
        share(reply);
        return cache.holds(asked.question(), reply);
    }

    private void share(StoredReply reply) {
        var own = flight;
        flight = null;
        if (own != null) {
            own.share(reply);
        }
    }

    private void notShared(int code) {
        var own = flight;
        flight = null;
        body = null;
        if (own != null && code == 200) {
            own.personal();
        } else if (own != null) {
            own.failed();
        }
    }

    /** A request that may have changed its target did so (RFC 9111, section 4.4). */
    private void changed(HttpResponse answer) {
        int code = answer.status().code();
        if (asked.question().unsafe() && code >= 200 && code < 400) {
            cache.invalidate(asked.question().target());
            named(answer.headers().get(HttpHeaderNames.LOCATION));
            named(answer.headers().get(HttpHeaderNames.CONTENT_LOCATION));
        }
    }

    /** What the answer says it has changed as well, when it belongs to the same host. */
    private void named(@Nullable String reference) {
        if (reference == null) {
            return;
        }
        try {
            var at = new URI(asked.request().uri()).resolve(reference);
            var host = asked.request().headers().get(HttpHeaderNames.HOST, "");
            boolean same = at.getAuthority() == null || at.getAuthority().equalsIgnoreCase(host);
            if (same && at.getRawPath() != null) {
                var query = at.getRawQuery() == null ? "" : "?" + at.getRawQuery();
                cache.invalidate(host.toLowerCase(Locale.ROOT) + " " + at.getRawPath() + query);
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // A reference that cannot be read names nothing that is kept.
        }
    }

    /** There is no answer. */
    void failed() {
        notShared(0);
    }

    /** The caller went away: somebody else may ask on. */
    void abandoned() {
        var own = flight;
        flight = null;
        body = null;
        if (own != null) {
            own.abandon();
        }
    }
}
