package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.batch.Batcher;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.meter.ShedCause;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.proxy.upstream.FrameTimes;
import io.batchmesh.proxy.upstream.StreamItem;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.PeerReport;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Sends a request in a batch to a sidecar. */
final class BatchedAttempt extends StreamItem implements Attempt {
    /** How a peer begins the reason when an answer is too long for a frame. */
    private static final String TOO_LONG = "answer-too-long";

    private final Tries tries;
    private final Endpoint endpoint;
    private final int bytes;
    private @Nullable Announced announced;

    /** A head that has to wait for the end. */
    private @Nullable HttpResponse waiting;

    private boolean over;

    BatchedAttempt(Tries tries, Endpoint endpoint) {
        this.tries = tries;
        this.endpoint = endpoint;
        this.bytes = tries.request().bytes();
    }

    @Override
    public void start() {
        var offer = endpoint.offer(this);
        if (offer != Batcher.Offer.TAKEN && !over) {
            over = true;
            tries.turnedAway(offer == Batcher.Offer.TOO_MANY ? ShedCause.PENDING : ShedCause.BYTES);
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            end();
            endpoint.withdraw(this);
        }
    }

    @Override
    public void send(HttpContent piece) {
        piece.release();
    }

    @Override
    public void callerWritable() {
        if (!over && tries.callerTakes()) {
            consumed();
        }
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public long deadlineNanos() {
        return tries.deadlineNanos();
    }

    @Override
    protected FullHttpRequest message() {
        return tries.request().whole();
    }

    @Override
    protected CallerIdentity caller() {
        return CallerIdentity.of(tries.request().headers());
    }

    @Override
    protected void sent(FrameTimes times) {
        tries.ledger().cut(times);
    }

    @Override
    protected void reply(FullHttpResponse reply, PeerReport report) {
        if (over) {
            reply.release();
        } else {
            over = true;
            tries.whole(reply, report);
        }
    }

    @Override
    protected void begun(HttpResponse head) {
        if (over) {
            return;
        }
        var toCome = new Announced(head, tries.request().method().equals(HttpMethod.HEAD));
        announced = toCome;
        if (toCome.headOnly()) {
            waiting = head;
        } else if (!tries.head(head)) {
            cancel();
        }
    }

    @Override
    protected void content(ByteBuf part) {
        if (over || announced == null) {
            part.release();
        } else if (!announced.takes(part.readableBytes())) {
            part.release();
            broken("more content than its head announced");
        } else if (announced.complete()) {
            announced.hold(part);
        } else {
            tries.received(new DefaultHttpContent(part));
            callerWritable();
        }
    }

    @Override
    protected void ended(HttpHeaders trailers, PeerReport report) {
        if (over || announced == null) {
            return;
        }
        if (!announced.mayEnd()) {
            broken("less content than its head announced");
            return;
        }
        var last = announced.last();
        over = true;
        if (waiting == null || tries.head(waiting)) {
            tries.ended(new DefaultLastHttpContent(last, trailers), report);
        } else {
            last.release();
        }
    }

    /** The answer cannot be what the service said. */
    private void broken(String detail) {
        cancel();
        tries.failed(new CallFailure(CallFailure.Kind.PROTOCOL, "the peer sent " + detail, false));
    }

    private void end() {
        over = true;
        if (announced != null) {
            announced.last().release();
        }
    }

    @Override
    protected void refused(int status, String reason) {
        if (!over) {
            end();
            if (reason.startsWith(TOO_LONG)) {
                tries.tooLong(reason);
            } else {
                tries.peerRefused(status, reason);
            }
        }
    }

    @Override
    protected void failed(CallFailure failure) {
        if (!over) {
            end();
            tries.failed(failure);
        }
    }

    @Override
    protected void unsuitable(String why) {
        if (!over) {
            end();
            tries.plainInstead();
        }
    }
}
