package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.http.Timeouts;
import io.batchmesh.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as it is sent on, once or several times. */
final class OutgoingRequest {
    /** Bytes of a streamed body that are kept for a second try. */
    private static final int MOST_KEPT = 16 << 10;

    private final HttpRequest head;
    private final Deque<HttpContent> kept = new ArrayDeque<>();
    private int keptBytes;
    private boolean forgotten;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
    private boolean streamed;
    private boolean released;
    private @Nullable Ticker ticker;
    private long deadlineNanos;

    OutgoingRequest(HttpRequest head) {
        this.head = head;
    }

    /** The caller said how long it waits: whoever gets the request is told what is left. */
    void expires(Ticker clock, long atNanos) {
        ticker = clock;
        deadlineNanos = atNanos;
    }

    private void passTime() {
        if (ticker != null) {
            Timeouts.pass(headers(), deadlineNanos - ticker.nanos());
        }
    }

    HttpHeaders headers() {
        return head.headers();
    }

    HttpMethod method() {
        return head.method();
    }

    String uri() {
        return head.uri();
    }

    /** The body is there, and owned by this. */
    void body(ByteBuf whole, HttpHeaders trailing) {
        if (released) {
            whole.release();
            return;
        }
        body = whole;
        trailers = trailing;
        if (!trailers.isEmpty()) {
            headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else if (body.isReadable()) {
            headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
    }

    /** The body comes piece by piece; it can be sent twice only from {@link #kept}. */
    void streamed(boolean yes) {
        streamed = yes;
    }

    boolean streamed() {
        return streamed;
    }

    /** Remembers a piece of a streamed body that is sent, while all of them are few bytes. */
    void keep(HttpContent piece) {
        if (!forgotten) {
            keptBytes += piece.content().readableBytes();
            if (keptBytes <= MOST_KEPT) {
                kept.add(piece.retainedDuplicate());
            } else {
                forget();
            }
        }
    }

    /** What came of a streamed body so far; each piece owned by the caller. */
    List<HttpContent> kept() {
        return kept.isEmpty()
                ? List.of()
                : kept.stream().map(HttpContent::retainedDuplicate).toList();
    }

    /** There will be no other try. */
    void forget() {
        forgotten = true;
        kept.forEach(HttpContent::release);
        kept.clear();
    }

    /** Whether all that was sent of it can be sent again. */
    boolean repeatable() {
        return !streamed || !forgotten;
    }

    /** The request with its whole body; owned by the caller. */
    FullHttpRequest whole() {
        passTime();
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                head.method(),
                head.uri(),
                body.retainedDuplicate(),
                headers(),
                trailers);
    }

    /** The head, its body to follow. */
    HttpRequest streamedHead() {
        passTime();
        var sent =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), headers());
        if (!HttpUtil.isContentLengthSet(sent)) {
            HttpUtil.setTransferEncodingChunked(sent, true);
        }
        return sent;
    }

    /** About what it is on the wire. */
    int bytes() {
        int size = 64 + head.uri().length() + body.readableBytes();
        var fields = headers().iteratorCharSequence();
        while (fields.hasNext()) {
            var field = fields.next();
            size += field.getKey().length() + field.getValue().length() + 2;
        }
        return size;
    }

    void release() {
        released = true;
        forget();
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }
}
