package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.BodyBuffer;
import io.batchmesh.proxy.http.Call;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.loop.Deadline;
import io.batchmesh.proxy.loop.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call to the own service. Its whole answer is awaited, to go in one frame; but where the peer
 * takes parts, an answer that is long, or whose rest does not follow its head soon, goes in parts.
 */
abstract class ServiceCall extends Deadline implements Call {
    /** Longer answers do not fit into a frame. */
    private static final int MAX_ANSWER = (4 << 20) - (80 << 10);

    /** An answer of which something is still missing so long after its head goes in parts. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final String EVENTS = "text/event-stream";

    /** The service's whole answer; content owned by whoever takes it. */
    record Answer(
            HttpResponseStatus status,
            HttpHeaders headers,
            ByteBuf body,
            HttpHeaders trailers,
            long tookNanos) {
        /** As a reply to a peer. */
        DefaultFullHttpResponse reply() {
            return new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, status, body, headers, trailers);
        }
    }

    private final CallPool service;
    private final Lane lane;
    private final BodyBuffer body = new BodyBuffer();

    /** What is sent again if the connection turns out to have been dying. */
    private @Nullable FullHttpRequest spare;

    private @Nullable ClientConnection connection;
    private @Nullable HttpResponse head;
    private @Nullable AnswerStream stream;
    private boolean toHead;
    private long sentNanos;
    private boolean over;

    ServiceCall(CallPool service, Lane lane) {
        this.service = service;
        this.lane = lane;
    }

    /** The request; owned by the callee. Asked once, when there is a connection. */
    abstract FullHttpRequest request();

    /** The whole answer. */
    abstract void answered(Answer answer);

    /** There is none. */
    abstract void refused(int status, String reason);

    /** An item that it carries is not wanted any more. */
    abstract void abandon(HeldItem item);

    /** Whether the answer may go in parts. */
    boolean takesParts() {
        return false;
    }

    /**
     * The answer goes in parts. Asked only if it may.
     *
     * @param beginning the answer without its content; owned by the callee
     */
    AnswerStream begin(FullHttpResponse beginning, ClientConnection from) {
        throw new IllegalStateException("an answer to several items has no parts");
    }

    void start() {
        service.submit(this);
    }

    @Override
    public void connected(ClientConnection ready) {
        connection = ready;
        var request = spare;
        spare = null;
        if (request == null) {
            request = request();
            toHead = request.method().equals(HttpMethod.HEAD);
            spare = ready.spare(request);
        }
        sentNanos = lane.ticker().nanos();
        ready.send(request);
    }

    @Override
    public void head(HttpResponse answer) {
        head = answer;
        if (!takesParts()) {
            return;
        }
        if (isLong(answer)) {
            inParts();
        } else {
            lane.deadlines().arm(this, lane.ticker().nanos(), PATIENCE_NANOS);
        }
    }

    private boolean isLong(HttpResponse answer) {
        if (toHead || answer.status().code() == 304) {
            return false;
        }
        var type = answer.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return HttpUtil.getContentLength(answer, 0L) > MAX_ANSWER
                || (type != null && type.regionMatches(true, 0, EVENTS, 0, EVENTS.length()));
    }

    @Override
    protected void expired() {
        if (!over && takesParts()) {
            inParts();
        }
    }

    /** What there is goes now, and the rest as it comes. */
    private void inParts() {
        var answer = Objects.requireNonNull(head);
        lane.deadlines().disarm(this);
        HopByHop.strip(answer);
        var beginning =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        answer.status(),
                        Unpooled.EMPTY_BUFFER,
                        answer.headers(),
                        EmptyHttpHeaders.INSTANCE);
        stream = begin(beginning, Objects.requireNonNull(connection));
        stream.add(body.take());
    }

    @Override
    public void content(HttpContent piece) {
        if (over) {
            piece.release();
            return;
        }
        boolean last = piece instanceof LastHttpContent;
        if (stream != null) {
            if (last) {
                end();
            }
            stream.content(piece, lane.ticker().nanos() - sentNanos);
            return;
        }
        body.add(piece.content(), lane.alloc());
        if (body.size() > MAX_ANSWER && !last && takesParts()) {
            inParts();
        } else if (body.size() > MAX_ANSWER) {
            abort();
            refused(502, "answer-too-long: over " + MAX_ANSWER + " bytes");
        } else if (last && head != null) {
            end();
            finish(head, ((LastHttpContent) piece).trailingHeaders());
        }
    }

    private void finish(HttpResponse answer, HttpHeaders trailers) {
        HopByHop.strip(answer);
        var whole = body.take();
        if (whole.isReadable()) {
            answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, whole.readableBytes());
        } else if (!toHead && answer.status().code() != 304) {
            answer.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        answered(
                new Answer(
                        answer.status(),
                        answer.headers(),
                        whole,
                        trailers,
                        lane.ticker().nanos() - sentNanos));
    }

    @Override
    public void failed(CallFailure failure) {
        if (over) {
            return;
        }
        if (failure.reused() && spare != null) {
            connection = null;
            service.submit(this);
        } else {
            end();
            body.clear();
            boolean overflow = failure.kind() == CallFailure.Kind.OVERFLOW;
            refused(overflow ? 503 : 502, "service: " + failure.detail());
        }
    }

    private void end() {
        over = true;
        lane.deadlines().disarm(this);
        if (spare != null) {
            spare.release();
            spare = null;
        }
    }

    /** Gives the call up; nothing more is heard of it. */
    void abort() {
        if (!over) {
            end();
            body.clear();
            if (connection == null) {
                service.withdraw(this);
            } else {
                connection.abort();
            }
        }
    }
}
