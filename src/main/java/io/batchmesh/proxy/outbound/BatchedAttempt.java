package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.batch.Batcher;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.meter.ShedCause;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.proxy.upstream.FrameTimes;
import io.batchmesh.proxy.upstream.StreamItem;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.batchmesh.proxy.wire.PeerReport;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;

/** Sends a request in a batch to a sidecar. */
final class BatchedAttempt extends StreamItem implements Attempt {
    /** How a peer begins the reason when an answer is too long for a frame. */
    private static final String TOO_LONG = "answer-too-long";

    private final Tries tries;
    private final Endpoint endpoint;
    private final int bytes;
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
            over = true;
            endpoint.withdraw(this);
        }
    }

    @Override
    public void send(HttpContent piece) {
        piece.release();
    }

    @Override
    public void callerWritable() {}

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
    protected void refused(int status, String reason) {
        if (!over) {
            over = true;
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
            over = true;
            tries.failed(failure);
        }
    }

    @Override
    protected void unsuitable(String why) {
        if (!over) {
            over = true;
            tries.plainInstead();
        }
    }
}
