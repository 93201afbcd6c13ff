package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.BodyBuffer;
import io.batchmesh.proxy.http.Call;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.CallPool;
import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.loop.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One call to the own service whose whole answer is awaited. */
abstract class ServiceCall implements Call {
    /** Longer answers do not fit into a frame. */
    private static final int MAX_ANSWER = (4 << 20) - (80 << 10);

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
    }

    @Override
    public void content(HttpContent piece) {
        if (over) {
            piece.release();
            return;
        }
        boolean last = piece instanceof LastHttpContent;
        body.add(piece.content(), lane.alloc());
        if (body.size() > MAX_ANSWER) {
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
