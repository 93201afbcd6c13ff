package io.batchmesh.proxy.outbound;

import io.batchmesh.config.Peer;
import io.batchmesh.policy.Retry;
import io.batchmesh.proxy.http.CallFailure;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.http.Incoming;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.loop.Deadline;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.ShedCause;
import io.batchmesh.proxy.route.CompiledRoute;
import io.batchmesh.proxy.upstream.Endpoint;
import io.batchmesh.proxy.upstream.FrameTimes;
import io.batchmesh.proxy.wire.PeerReport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One request of the own service on its way: from its complete head to the last byte of its one
 * answer. It belongs to the config that ran when its head came, to the end.
 */
final class Exchange implements Intake {
    /** Counted for a caller that went away; the number is nginx's. */
    private static final int CALLER_GONE = 499;

    /** How often a request may move on because a peer is going away. */
    private static final int MAX_MOVES = 3;

    private final Lane lane;
    private final CompiledLink link;
    private final CompiledRoute route;
    private final Incoming in;
    private final int subset;
    private final long deadlineNanos;
    private final Limit total = new Limit(false);
    private final Limit perTry = new Limit(true);
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
    private boolean streaming;
    private @Nullable Attempt attempt;
    private @Nullable Endpoint endpoint;
    private int tries;
    private long tryStart;
    private Path path = Path.PLAIN;
    private int code;
    private boolean over;
    private boolean plainOnly;
    private @Nullable FrameTimes frame;
    private @Nullable PeerReport report;

    Exchange(Lane lane, CompiledLink link, CompiledRoute route, Incoming in) {
        this.lane = lane;
        this.link = link;
        this.route = route;
        this.in = in;
        this.subset = route.subset(lane.random());
        link.budget().deposit();
        long timeout = Math.min(route.timeoutNanos(), CallerTimeout.nanos(in.head().headers()));
        deadlineNanos = in.arrivedNanos() + timeout;
        lane.deadlines().arm(total, in.arrivedNanos(), timeout);
    }

    /** The time for the whole exchange, or for one try. */
    private final class Limit extends Deadline {
        private final boolean oneTry;

        Limit(boolean oneTry) {
            this.oneTry = oneTry;
        }

        @Override
        protected void expired() {
            late(oneTry);
        }
    }

    @Override
    public int wholeLimit() {
        return link.wholeLimit();
    }

    @Override
    public void whole(ByteBuf whole, HttpHeaders trailing) {
        body = whole;
        trailers = trailing;
        if (over) {
            release();
        } else {
            attempt();
        }
    }

    @Override
    public void streamed() {
        streaming = true;
        attempt();
    }

    @Override
    public void content(HttpContent piece) {
        if (attempt == null) {
            piece.release();
        } else {
            attempt.send(piece);
        }
    }

    @Override
    public void writable() {
        if (attempt != null) {
            attempt.callerWritable();
        }
    }

    private void attempt() {
        long now = lane.ticker().nanos();
        var chosen = link.subsets().get(subset).choose(in.head().headers(), endpoint, now);
        if (chosen == null) {
            refuse(503, "no-endpoint", "subset '" + subsetName() + "' has no endpoint");
            return;
        }
        if (!chosen.hasRoom()) {
            shed(ShedCause.REQUESTS, "too many requests in flight to " + chosen.address());
            return;
        }
        endpoint = chosen;
        chosen.started(tries > 0);
        tries++;
        tryStart = now;
        if (route.perTryNanos() > 0) {
            lane.deadlines().arm(perTry, now, route.perTryNanos());
        }
        boolean batched =
                !streaming && !plainOnly && link.batches() && chosen.peer() == Peer.SIDECAR;
        path = batched ? Path.BATCHED : Path.PLAIN;
        var next = batched ? new BatchedAttempt(this, chosen) : new PlainAttempt(this, chosen);
        attempt = next;
        next.start();
    }

    /** The try at hand is over, one way or another. */
    private void endTry() {
        if (attempt != null && endpoint != null) {
            attempt = null;
            lane.deadlines().disarm(perTry);
            endpoint.finished(tries > 1);
        }
    }

    private void cancelTry() {
        var current = attempt;
        endTry();
        if (current != null) {
            current.cancel();
        }
    }

    HttpHeaders headers() {
        return in.head().headers();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** About what the request is on the wire. */
    int bytes() {
        int size = 64 + in.head().uri().length() + body.readableBytes();
        var fields = headers().iteratorCharSequence();
        while (fields.hasNext()) {
            var field = fields.next();
            size += field.getKey().length() + field.getValue().length() + 2;
        }
        return size;
    }

    /** Its frame goes out; of several tries the first counts, since send includes the others. */
    void cut(FrameTimes times) {
        if (frame == null) {
            frame = times;
        }
    }

    boolean streaming() {
        return streaming;
    }

    /** The request with its whole body, to be sent; owned by the caller. */
    FullHttpRequest wholeRequest() {
        var head = in.head();
        var headers = head.headers();
        if (!trailers.isEmpty()) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        } else if (body.isReadable()) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                head.method(),
                head.uri(),
                body.retainedDuplicate(),
                headers,
                trailers);
    }

    /** The head of the request, its body to follow. */
    HttpRequest streamedHead() {
        var head =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1,
                        in.head().method(),
                        in.head().uri(),
                        in.head().headers());
        if (!HttpUtil.isContentLengthSet(head)) {
            HttpUtil.setTransferEncodingChunked(head, true);
        }
        return head;
    }

    void readBody(boolean go) {
        in.readBody(go);
    }

    boolean callerTakes() {
        return in.writable();
    }

    /** The head of an answer; false when it is not wanted because there is another try. */
    boolean head(HttpResponse head) {
        int status = head.status().code();
        judged(status);
        var retry = route.retry();
        if (retry != null && RetryRule.wants(retry, status) && mayRetry(retry, false)) {
            again();
            return false;
        }
        code = status;
        HopByHop.strip(head.headers());
        in.begin(head);
        return true;
    }

    private void judged(int status) {
        if (endpoint == null) {
            return;
        }
        long now = lane.ticker().nanos();
        if (status >= 500) {
            endpoint.failed(now);
        } else {
            endpoint.succeeded(now - tryStart);
        }
    }

    /** A piece of the answer, owned by this. */
    void received(HttpContent piece) {
        if (piece instanceof LastHttpContent) {
            endTry();
        }
        in.content(piece);
    }

    /** The whole answer, owned by this. */
    void reply(FullHttpResponse reply, PeerReport said) {
        int status = reply.status().code();
        judged(status);
        var retry = route.retry();
        if (retry != null && RetryRule.wants(retry, status) && mayRetry(retry, false)) {
            reply.release();
            again();
            return;
        }
        endTry();
        report = said;
        code = status;
        HopByHop.strip(reply.headers());
        in.reply(reply);
    }

    /** The peer has no answer, and says so by a status of its own. */
    void refused(int status, String reason) {
        judged(status);
        var retry = route.retry();
        if (retry != null && RetryRule.wants(retry, status) && mayRetry(retry, status == 503)) {
            again();
            return;
        }
        endTry();
        refuse(status, "peer", reason);
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
        attempt();
    }

    /** The batch queue is full. */
    void turnedAway(ShedCause cause) {
        endTry();
        shed(cause, "the queue of the endpoint is full (" + cause.label() + ")");
    }

    /** The try at hand came to nothing. */
    void failed(CallFailure failure) {
        boolean overflow = failure.kind() == CallFailure.Kind.OVERFLOW;
        if (endpoint != null && !overflow) {
            endpoint.failed(lane.ticker().nanos());
        }
        endTry();
        if (in.replying()) {
            code = 502;
            in.abort();
        } else if (overflow) {
            shed(ShedCause.PENDING, failure.detail());
        } else if (retries(failure)) {
            again();
        } else {
            refuse(502, cause(failure), detail(failure));
        }
    }

    private boolean retries(CallFailure failure) {
        var retry = route.retry();
        if (retry != null
                && RetryRule.wants(retry, failure)
                && mayRetry(retry, failure.nothingSent())) {
            return true;
        }
        if (failure.kind() == CallFailure.Kind.UNTOUCHED && tries <= MAX_MOVES) {
            return !over && !streaming;
        }
        // A kept connection may die just as it is used; that says nothing of the endpoint.
        return failure.reused() && tries == 1 && resendable(false);
    }

    private boolean mayRetry(Retry retry, boolean nothingSent) {
        return tries <= retry.attempts()
                && resendable(nothingSent)
                && (endpoint == null || endpoint.hasRetryRoom())
                && link.budget().withdraw();
    }

    private boolean resendable(boolean nothingSent) {
        return !streaming && !over && (nothingSent || RetryRule.idempotent(in.head().method()));
    }

    private void again() {
        link.meters().retried();
        endTry();
        attempt();
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
        boolean unknown = !failure.nothingSent() && !RetryRule.idempotent(in.head().method());
        return failure.detail()
                + (endpoint == null ? "" : " (" + endpoint.address() + ")")
                + (unknown ? "; whether the request took effect is not known" : "");
    }

    private void late(boolean oneTry) {
        if (endpoint != null && attempt != null) {
            endpoint.failed(lane.ticker().nanos());
        }
        cancelTry();
        var retry = route.retry();
        if (in.replying()) {
            code = 504;
            in.abort();
        } else if (oneTry
                && retry != null
                && RetryRule.wantsLate(retry)
                && mayRetry(retry, false)) {
            again();
        } else {
            refuse(504, "timeout", "no answer within the time that the request had");
        }
    }

    private void shed(ShedCause cause, String detail) {
        path = Path.SHED;
        link.meters().shed(cause);
        refuse(503, "overload", detail);
    }

    private void refuse(int status, String cause, String detail) {
        code = status;
        over = true;
        in.reply(new Problem(status, cause, detail, link.config().link()).reply());
    }

    @Override
    public void replied(long nanos) {
        end();
        link.meters().answered(path, nanos - in.arrivedNanos());
        if (path == Path.BATCHED) {
            var stages = new StageClock(in.arrivedNanos(), 0, frame, nanos);
            stages.observe(link.meters(), report);
            if (endpoint != null && report != null) {
                endpoint.answered(stages.send(), nanos - in.arrivedNanos());
            }
        }
    }

    @Override
    public void cancelled() {
        code = code == 0 || !in.replying() ? CALLER_GONE : code;
        cancelTry();
        end();
    }

    private void end() {
        over = true;
        lane.deadlines().disarm(total);
        endTry();
        release();
        link.meters().requests(route.config().name(), subsetName(), code).increment();
    }

    private void release() {
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    private String subsetName() {
        return link.subsetNames().get(subset);
    }
}
