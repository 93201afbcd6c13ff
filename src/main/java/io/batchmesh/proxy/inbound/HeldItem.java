package io.batchmesh.proxy.inbound;

import io.batchmesh.proxy.http.ClientConnection;
import io.batchmesh.proxy.http.Timeouts;
import io.batchmesh.proxy.loop.Deadline;
import io.batchmesh.proxy.trace.Span;
import io.batchmesh.proxy.wire.CallerIdentity;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** A batched request between its arrival and its reply. It gets exactly one answer. */
final class HeldItem extends Deadline {
    private static final long WORTH_SAYING_NANOS = 1_000_000;

    private final BatchSession session;
    private final long number;
    private final CallerIdentity caller;
    private final long arrivedNanos;
    private final int bytes;
    private @Nullable FullHttpRequest request;
    private @Nullable ServiceCall call;
    private @Nullable AnswerStream stream;
    private long serviceNanos;
    private boolean settled;
    private long deadlineNanos;
    private @Nullable Span span;

    HeldItem(BatchSession session, long number, CallerIdentity caller, FullHttpRequest request) {
        this.session = session;
        this.number = number;
        this.caller = caller;
        this.request = request;
        this.arrivedNanos = session.now();
        this.bytes = request.content().readableBytes() + 256;
    }

    long number() {
        return number;
    }

    CallerIdentity caller() {
        return caller;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    /** About what it was on the wire. */
    int bytes() {
        return bytes;
    }

    long serviceNanos() {
        return serviceNanos;
    }

    boolean settled() {
        return settled;
    }

    /** What is told of it. */
    void span(Span own) {
        span = own;
    }

    /** It is over, with this status. */
    void tell(int code) {
        if (span != null) {
            span.took("batchmesh.service", serviceNanos).end(code, session.now());
        }
    }

    /** The request, while it has not been sent. */
    FullHttpRequest request() {
        if (request == null) {
            throw new IllegalStateException("item " + number + " was sent already");
        }
        return request;
    }

    /** The peer waits until then. */
    void expires(long atNanos) {
        deadlineNanos = atNanos;
    }

    /** Whether its peer waits for at least so long from now. */
    boolean hasTime(long now, long nanos) {
        return deadlineNanos == 0 || deadlineNanos - now > nanos;
    }

    /** The request, owned by whoever takes it; where it waited, it says what time is left. */
    FullHttpRequest takeRequest() {
        var taken = request();
        request = null;
        long now = session.now();
        if (deadlineNanos != 0 && now - arrivedNanos > WORTH_SAYING_NANOS) {
            Timeouts.pass(taken.headers(), deadlineNanos - now);
        }
        return taken;
    }

    /** The call that carries it. */
    void carriedBy(ServiceCall by) {
        call = by;
    }

    /** The service's answer, owned by this. */
    void answer(FullHttpResponse reply, long tookNanos) {
        if (settle()) {
            serviceNanos = tookNanos;
            session.reply(this, reply);
        } else {
            reply.release();
        }
    }

    /** Whether its answer may go in parts. */
    boolean takesParts() {
        return !settled && session.streams().window() > 0;
    }

    /**
     * Its answer goes in parts. From now on only its peer decides how long that may take, and says
     * so by giving it up.
     *
     * @param head the answer without its content; owned by the callee
     */
    AnswerStream begin(FullHttpResponse head, ServiceCall by, ClientConnection service) {
        session.disarm(this);
        var begun = new AnswerStream(session, this, by, service, head);
        stream = begun;
        session.streams().begun(begun);
        return begun;
    }

    /** The peer takes more of an answer that goes in parts. */
    void credit(long bytes) {
        if (stream != null) {
            stream.credit(bytes);
        }
    }

    /** The last part of its answer goes out. */
    void streamed(int code, long tookNanos) {
        if (settle()) {
            serviceNanos = tookNanos;
            session.streamed(this, code);
        }
    }

    /** No answer can be had, or no more of it. */
    void refuse(int status, String reason) {
        if (settle()) {
            session.refuse(this, status, reason);
        }
    }

    /** The peer does not wait any more. */
    void cancel() {
        if (settle()) {
            giveUp();
            session.cancelled(this);
        }
    }

    @Override
    protected void expired() {
        if (settle()) {
            giveUp();
            session.refuse(this, 504, "the service did not answer in time");
        }
    }

    private void giveUp() {
        if (call != null) {
            call.abandon(this);
        }
    }

    private boolean settle() {
        if (settled) {
            return false;
        }
        settled = true;
        session.disarm(this);
        if (stream != null) {
            stream.drop();
            session.streams().ended(stream);
            stream = null;
        }
        if (request != null) {
            request.release();
            request = null;
        }
        return true;
    }
}
