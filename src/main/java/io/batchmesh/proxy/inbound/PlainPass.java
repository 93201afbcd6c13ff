package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.Call;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.http.Forwarded;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.meter.InboundMeters;
import io.batchmesh.proxy.trace.Span;
import io.batchmesh.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Passes one plain request on to the service, streaming both ways. */
final class PlainPass implements Intake {
    /** Small bodies are sent in one piece with the head. */
    private static final int WHOLE = 16 << 10;

    /** Counted for a caller that went away; the number is nginx's. */
    private static final int CALLER_GONE = 499;

    private final Incoming in;
    private final CallPool service;
    private final InboundMeters meters;
    private final Ticker ticker;
    private final ServiceCall call = new ServiceCall();
    private final Deque<HttpContent> early = new ArrayDeque<>();

    /** What is to be sent in one piece, or again if the connection was dying. */
    private @Nullable FullHttpRequest whole;

    private boolean sent;
    private @Nullable ClientConnection connection;
    private final @Nullable Span span;
    private boolean over;
    private int code;

    PlainPass(Incoming in, Destination to, InboundMeters meters, Ticker ticker) {
        this.in = in;
        this.service = to.service();
        this.meters = meters;
        this.ticker = ticker;
        HopByHop.strip(in.head());
        Forwarded.incoming(in.head().headers(), in.channel());
        var tracer = to.tracer();
        span = tracer == null ? null : tracer.incoming(in.head(), in.arrivedNanos());
    }

    @Override
    public boolean bidsToGoOn() {
        return true;
    }

    @Override
    public int wholeLimit() {
        return WHOLE;
    }

    @Override
    public void whole(ByteBuf body, HttpHeaders trailers) {
        var head = in.head();
        if (!trailers.isEmpty()) {
            head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            HttpUtil.setTransferEncodingChunked(head, true);
        } else if (body.isReadable()) {
            head.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        whole =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        head.method(),
                        head.uri(),
                        body,
                        head.headers(),
                        trailers);
        service.submit(call);
    }

    @Override
    public void streamed() {
        service.submit(call);
    }

    @Override
    public void content(HttpContent piece) {
        if (over) {
            piece.release();
        } else if (connection == null) {
            early.add(piece);
            in.readBody(false);
        } else {
            connection.send(piece);
            if (!connection.writable()) {
                in.readBody(false);
            }
        }
    }

    @Override
    public void writable() {
        if (connection != null && !over) {
            connection.read(true);
        }
    }

    @Override
    public void replied(long nanos) {
        meters.answered(code, nanos - in.arrivedNanos());
        if (span != null) {
            span.end(code, nanos);
        }
        end();
    }

    @Override
    public void cancelled() {
        int known = in.replying() ? code : CALLER_GONE;
        meters.answered(known, ticker.nanos() - in.arrivedNanos());
        if (span != null) {
            span.end(known, ticker.nanos());
        }
        if (!over) {
            if (connection == null) {
                service.withdraw(call);
            } else {
                connection.abort();
            }
        }
        end();
    }

    private void end() {
        over = true;
        early.forEach(HttpContent::release);
        early.clear();
        if (whole != null) {
            whole.release();
            whole = null;
        }
    }

    /** What the service does with it. */
    private final class ServiceCall implements Call {
        @Override
        public void connected(ClientConnection ready) {
            connection = ready;
            var ownWhole = whole;
            if (ownWhole != null) {
                whole = sent ? null : ready.spare(ownWhole);
                sent = true;
                ready.send(ownWhole);
                return;
            }
            var head =
                    new DefaultHttpRequest(
                            HttpVersion.HTTP_1_1,
                            in.head().method(),
                            in.head().uri(),
                            in.head().headers());
            if (!HttpUtil.isContentLengthSet(head)) {
                HttpUtil.setTransferEncodingChunked(head, true);
            }
            ready.send(head);
            while (!early.isEmpty()) {
                ready.send(early.remove());
            }
            if (head.headers().contains(HttpHeaderNames.EXPECT)) {
                // Its content waits for an answer to the head.
                ready.flush();
            }
            in.readBody(ready.writable());
        }

        @Override
        public void interim(HttpResponse head) {
            in.interim(head);
        }

        @Override
        public void head(HttpResponse head) {
            code = head.status().code();
            HopByHop.strip(head);
            in.begin(head);
        }

        @Override
        public void content(HttpContent piece) {
            boolean last = piece instanceof LastHttpContent;
            over |= last;
            in.content(piece);
            if (!last && connection != null && !in.writable()) {
                connection.read(false);
            }
        }

        @Override
        public void failed(CallFailure failure) {
            if (failure.reused() && whole != null && !in.replying()) {
                connection = null;
                service.submit(this);
                return;
            }
            over = true;
            boolean begun = in.replying();
            code = failure.kind() == CallFailure.Kind.OVERFLOW ? 503 : 502;
            if (begun) {
                in.abort();
            } else {
                in.reply(
                        new Problem(code, "service-failure", "service: " + failure.detail(), null)
                                .reply());
            }
        }

        @Override
        public void writable() {
            in.readBody(true);
        }
    }
}
