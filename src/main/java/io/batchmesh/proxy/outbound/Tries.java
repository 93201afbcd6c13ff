package io.batchmesh.proxy.outbound;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.Retry;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.Idempotence;
import io.batchmesh.proxy.loop.Deadline;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.ShedCause;
import io.batchmesh.proxy.route.CompiledRoute;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.proxy.wire.PeerReport;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** The tries to get an answer for one exchange, one at a time. */
final class Tries {
    /** How often a request may move on because a peer is going away. */
    private static final int MAX_MOVES = 3;

    /** What the tries come to: exactly one of these ends them, but for the pieces. */
    interface Outcome {
        /** Something before the answer. */
        void interim(HttpResponse head);

        /** The head of an answer whose content follows. */
        void head(HttpResponse head);

        /** A piece of the answer, owned by the callee; the last one ends it. */
        void received(HttpContent piece);

        /** A whole answer, owned by the callee. */
        void whole(FullHttpResponse reply);

        /** There is no answer: this is said instead, or the answer that has begun is broken off. */
        void refused(int status, String cause, String detail);

        /** A bound was reached. */
        void shed(ShedCause cause, String detail);

        /** Reading the request's body may go on, or is to stop. */
        void readBody(boolean go);

        /** Whether the caller takes bytes without their piling up. */
        boolean callerTakes();
    }

    private final Lane lane;
    private final CompiledLink link;
    private final CompiledRoute route;
    private final int subset;
    private final OutgoingRequest request;
    private final Ledger ledger;
    private final Outcome outcome;
    private final long deadlineNanos;
    private final PerTry perTry = new PerTry();
    private @Nullable Attempt attempt;
    private @Nullable Endpoint endpoint;
    private int count;
    private long started;
    private boolean plainOnly;
    private boolean begun;
    private boolean over;

    Tries(Exchange exchange, OutgoingRequest request, int subset, long deadlineNanos) {
        this.lane = exchange.lane();
        this.link = exchange.link();
        this.route = exchange.route();
        this.ledger = exchange.ledger();
        this.outcome = exchange;
        this.request = request;
        this.subset = subset;
        this.deadlineNanos = deadlineNanos;
    }

    /** The time for one try. */
    private final class PerTry extends Deadline {
        @Override
        protected void expired() {
            late();
        }
    }

    OutgoingRequest request() {
        return request;
    }

    Ledger ledger() {
        return ledger;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** The endpoint of the try at hand, or of the last one. */
    @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** How often it was sent again. */
    int retries() {
        return Math.max(0, count - 1);
    }

    /** Makes a try. */
    void start() {
        long now = lane.ticker().nanos();
        var chosen = link.subsets().get(subset).choose(request.headers(), endpoint, now);
        if (chosen == null) {
            var name = link.subsetNames().get(subset);
            refuse(503, "no-endpoint", "subset '" + name + "' has no endpoint that is in use");
            return;
        }
        if (!chosen.hasRoom()) {
            shed(ShedCause.REQUESTS, "too many requests in flight to " + chosen.address());
            return;
        }
        endpoint = chosen;
        chosen.started(count > 0);
        count++;
        started = now;
        if (route.perTryNanos() > 0) {
            lane.deadlines().arm(perTry, now, route.perTryNanos());
        }
        boolean batched =
                !plainOnly
                        && !request.streamed()
                        && link.batches()
                        && chosen.peer() == Peer.SIDECAR;
        ledger.path(batched ? Path.BATCHED : Path.PLAIN);
        var next = batched ? new BatchedAttempt(this, chosen) : new PlainAttempt(this, chosen);
        attempt = next;
        next.start();
    }

    /** A piece of a streamed body, owned by this. */
    void send(HttpContent piece) {
        if (attempt == null) {
            piece.release();
        } else {
            if (!begun) {
                request.keep(piece);
            }
            attempt.send(piece);
        }
    }

    void callerWritable() {
        if (attempt != null) {
            attempt.callerWritable();
        }
    }

    /** Gives up: nothing is heard of the outcome any more. */
    void cancel(boolean endpointsFault) {
        over = true;
        if (endpointsFault && attempt != null && endpoint != null) {
            endpoint.failed(lane.ticker().nanos());
        }
        cancelTry();
    }

    private void cancelTry() {
        var current = attempt;
        endTry();
        if (current != null) {
            current.cancel();
        }
    }

    private void endTry() {
        if (attempt != null && endpoint != null) {
            attempt = null;
            lane.deadlines().disarm(perTry);
            endpoint.finished(count > 1);
        }
    }

    /** Something before the answer. */
    void interim(HttpResponse head) {
        if (!over && !begun) {
            outcome.interim(head);
        }
    }

    /** The head of an answer; false when it is not wanted because there is another try. */
    boolean head(HttpResponse head) {
        int status = head.status().code();
        judged(status);
        if (wantsOther(status, false)) {
            again();
            return false;
        }
        begun = true;
        request.forget();
        outcome.head(head);
        return true;
    }

    /** A piece of the answer, owned by this. */
    void received(HttpContent piece) {
        if (piece instanceof LastHttpContent) {
            endTry();
            over = true;
        }
        outcome.received(piece);
    }

    /** The end of an answer that a peer sent in parts. */
    void ended(LastHttpContent last, PeerReport report) {
        ledger.reported(report);
        received(last);
    }

    /** A whole answer, owned by this. */
    void whole(FullHttpResponse reply, PeerReport report) {
        int status = reply.status().code();
        judged(status);
        if (wantsOther(status, false)) {
            reply.release();
            again();
            return;
        }
        endTry();
        over = true;
        ledger.reported(report);
        outcome.whole(reply);
    }

    /** The peer has no answer, and says so by a status of its own. */
    void peerRefused(int status, String reason) {
        judged(status);
        // A peer that is full says 503 before the service has seen anything.
        if (!begun && wantsOther(status, status == 503)) {
            again();
        } else {
            endTry();
            refuse(status, "peer", reason);
        }
    }

    /** The answer does not fit into a frame: what may be asked twice is asked for plainly. */
    void tooLong(String reason) {
        endTry();
        if (resendable(false)) {
            plainInstead();
        } else {
            refuse(502, "answer-too-long", reason);
        }
    }

    /** It cannot be batched. */
    void plainInstead() {
        endTry();
        plainOnly = true;
        start();
    }

    /** The batch queue is full. */
    void turnedAway(ShedCause cause) {
        endTry();
        shed(cause, "the queue of the endpoint is full (" + cause.label() + ")");
    }

    /** The try at hand came to nothing. */
    void failed(CallFailure failure) {
        boolean overflow = failure.kind() == CallFailure.Kind.OVERFLOW;
        if (endpoint != null && !overflow && failure.kind() != CallFailure.Kind.UNTOUCHED) {
            endpoint.failed(lane.ticker().nanos());
        }
        if (endpoint != null && failure.kind() == CallFailure.Kind.CONNECT) {
            endpoint.couldNotConnect(lane.ticker().nanos());
        }
        endTry();
        if (overflow && !begun) {
            shed(ShedCause.PENDING, failure.detail());
        } else if (!begun && wantsOther(failure)) {
            again();
        } else {
            refuse(502, cause(failure), detail(failure));
        }
    }

    private void late() {
        if (endpoint != null) {
            endpoint.failed(lane.ticker().nanos());
        }
        cancelTry();
        if (!begun && wantsOther(504, false)) {
            again();
        } else {
            refuse(504, "timeout", "no answer within the time of one try");
        }
    }

    private void judged(int status) {
        if (endpoint == null) {
            return;
        }
        long now = lane.ticker().nanos();
        if (status >= 500) {
            endpoint.failed(now);
        } else {
            endpoint.succeeded(now - started);
        }
    }

    private boolean wantsOther(int status, boolean nothingDone) {
        var retry = route.retry();
        return retry != null && RetryRule.wants(retry, status) && mayRetry(retry, nothingDone);
    }

    private boolean wantsOther(CallFailure failure) {
        if (failure.kind() == CallFailure.Kind.UNTOUCHED && count <= MAX_MOVES) {
            return resendable(true);
        }
        var retry = route.retry();
        if (retry != null
                && RetryRule.wants(retry, failure)
                && (failure.kind() == CallFailure.Kind.CONNECT
                        ? mayMove(retry)
                        : mayRetry(retry, failure.nothingSent()))) {
            return true;
        }
        // A kept connection may die just as it is used; that says nothing of the endpoint.
        return failure.reused() && count == 1 && resendable(false);
    }

    /**
     * Whoever waited for a connection that could not be had may all go elsewhere at once: the bound
     * of retries in flight spares an endpoint that was asked, and this one was not.
     */
    private boolean mayMove(Retry retry) {
        return count <= retry.attempts() && resendable(true) && link.budget().withdraw();
    }

    private boolean mayRetry(Retry retry, boolean nothingSent) {
        return count <= retry.attempts()
                && resendable(nothingSent)
                && (endpoint == null || endpoint.hasRetryRoom())
                && link.budget().withdraw();
    }

    private boolean resendable(boolean nothingSent) {
        return request.repeatable() && !over && (nothingSent || Idempotence.of(request.method()));
    }

    private void again() {
        link.meters().retried();
        endTry();
        start();
    }

    private static String cause(CallFailure failure) {
        return switch (failure.kind()) {
            case CONNECT, UNTOUCHED -> "connect-failure";
            case RESET -> "reset";
            case PROTOCOL -> "protocol-error";
            case OVERFLOW -> "overflow";
        };
    }

    private String detail(CallFailure failure) {
        boolean unknown = !failure.nothingSent() && !Idempotence.of(request.method());
        return failure.detail()
                + (endpoint == null ? "" : " (" + endpoint.address() + ")")
                + (unknown ? "; whether the request took effect is not known" : "");
    }

    private void refuse(int status, String cause, String detail) {
        over = true;
        outcome.refused(status, cause, detail);
    }

    private void shed(ShedCause cause, String detail) {
        over = true;
        outcome.shed(cause, detail);
    }

    void readBody(boolean go) {
        outcome.readBody(go);
    }

    boolean callerTakes() {
        return outcome.callerTakes();
    }
}
