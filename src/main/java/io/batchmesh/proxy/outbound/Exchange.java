package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.cache.Lookup;
import io.batchmesh.proxy.http.Caller;
import io.batchmesh.proxy.http.HopByHop;
import io.batchmesh.proxy.http.Intake;
import io.batchmesh.proxy.http.Problem;
import io.batchmesh.proxy.http.Timeouts;
import io.batchmesh.proxy.loop.Deadline;
import io.batchmesh.proxy.loop.Lane;
import io.batchmesh.proxy.meter.Path;
import io.batchmesh.proxy.meter.ShedCause;
import io.batchmesh.proxy.route.CompiledRoute;
import io.batchmesh.proxy.tap.Tapped;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request of the own service on its way: from its complete head to the last byte of its one
 * answer. It belongs to the config that ran when its head came, to the end.
 */
final class Exchange implements Intake, Tries.Outcome {
    private final Lane lane;
    private final CompiledLink link;
    private final CompiledRoute route;
    private final Caller caller;
    private final int subset;
    private final OutgoingRequest request;
    private final Ledger ledger;
    private final Tries tries;
    private final @Nullable CacheStage cache;
    private final Mirrors mirrors;
    private final boolean unlimited;
    private final boolean timed;
    private final Total total = new Total();
    private @Nullable FullHttpResponse instead;
    private boolean over;

    Exchange(Lane lane, Target target, Caller caller, Mirrors mirrors) {
        this.lane = lane;
        this.link = target.link();
        this.route = target.route();
        this.subset = target.subset();
        this.caller = caller;
        this.mirrors = mirrors;
        this.request = new OutgoingRequest(caller.head());
        long arrived = caller.arrivedNanos();
        this.ledger = new Ledger(link.meters(), route.config().name(), arrived, target.silent());
        ledger.tapped(target.tapped());
        var headers = caller.head().headers();
        this.timed = ServerTiming.asked(headers);
        long own = Timeouts.nanos(headers);
        long timeout = Math.min(route.timeoutNanos(), own);
        if (own != Long.MAX_VALUE) {
            request.expires(lane.ticker(), arrived + timeout);
        }
        this.unlimited = route.config().timeout() == null && own == Long.MAX_VALUE;
        this.tries = new Tries(this, request, subset, arrived + timeout);
        this.cache = CacheStage.of(this, request);
        var tracer = target.silent() ? null : link.tracer();
        ledger.span(tracer == null ? null : tracer.outgoing(caller.head(), arrived));
        link.budget().deposit();
        lane.deadlines().arm(total, arrived, timeout);
    }

    /**
     * Where a request goes.
     *
     * @param subset the number of it
     * @param tapped a tap wants to hear of it; null when none does
     * @param silent whether nobody waits for the answer, so that nothing of it is counted
     */
    record Target(
            CompiledLink link,
            CompiledRoute route,
            int subset,
            @Nullable Tapped tapped,
            boolean silent) {}

    /** The time for the whole exchange. */
    private final class Total extends Deadline {
        @Override
        protected void expired() {
            late();
        }
    }

    Lane lane() {
        return lane;
    }

    CompiledLink link() {
        return link;
    }

    CompiledRoute route() {
        return route;
    }

    int subset() {
        return subset;
    }

    Ledger ledger() {
        return ledger;
    }

    Caller caller() {
        return caller;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    boolean over() {
        return over;
    }

    @Override
    public boolean bidsToGoOn() {
        return true;
    }

    @Override
    public void interim(HttpResponse head) {
        caller.interim(head);
    }

    @Override
    public int wholeLimit() {
        return link.wholeLimit();
    }

    @Override
    public void whole(ByteBuf body, HttpHeaders trailers) {
        request.body(body, trailers);
        if (!over) {
            inject();
        }
    }

    @Override
    public void streamed() {
        request.streamed(true);
        inject();
    }

    @Override
    public void content(HttpContent piece) {
        tries.send(piece);
    }

    @Override
    public void writable() {
        tries.callerWritable();
    }

    /** Renews what the cache has. */
    void renews(Lookup.Renewal renewal) {
        if (cache != null) {
            cache.renews(renewal);
        }
    }

    /** Sends a copy of a request at once: no fault, no mirror, no look-up. */
    void silently(ByteBuf body, HttpHeaders trailers) {
        request.body(body, trailers);
        dispatch();
    }

    /** Faults made on purpose come before everything else. */
    private void inject() {
        var fault = route.config().fault();
        if (fault == null) {
            proceed();
        } else {
            new Injection(this, fault).start();
        }
    }

    /** Takes no more of a streamed body for now. */
    void hold() {
        if (request.streamed()) {
            caller.readBody(false);
        }
    }

    /** Goes on after the faults, if there were any. */
    void proceed() {
        if (!request.streamed()) {
            var mirror = route.config().mirror();
            if (mirror != null && Injection.drawn(lane, mirror.percent())) {
                mirrors.copy(mirror, request, link, lane.ticker().nanos());
            }
            if (cache != null && cache.answers()) {
                return;
            }
        }
        dispatch();
    }

    /** Sends it to an endpoint. */
    void dispatch() {
        if (!over) {
            tries.start();
        }
    }

    /** An answer that is kept, or that somebody else got. */
    void answeredFromCache(FullHttpResponse reply, Path path) {
        ledger.path(path);
        answer(reply);
    }

    private @Nullable Kept kept() {
        return cache == null ? null : cache.kept();
    }

    @Override
    public void head(HttpResponse head) {
        HopByHop.strip(head);
        answering();
        var kept = kept();
        instead = kept == null ? null : kept.instead(head);
        if (instead != null) {
            return; // its body is thrown away, and what is kept is given at its end
        }
        if (kept != null) {
            kept.head(head);
        }
        ledger.code(head.status().code());
        finish(head.headers());
        caller.begin(head);
    }

    /** Where no time was set, the one for a lost answer does not cut a long one short. */
    private void answering() {
        if (unlimited) {
            lane.deadlines().disarm(total);
        }
    }

    @Override
    public void received(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        if (instead != null) {
            piece.release();
            if (last) {
                answer(take());
            }
            return;
        }
        var kept = kept();
        if (kept != null) {
            kept.content(piece.content(), last);
        }
        caller.content(piece);
    }

    private FullHttpResponse take() {
        var reply = Objects.requireNonNull(instead);
        instead = null;
        return reply;
    }

    /** The last changes to a reply, which nothing that is kept of it has. */
    private void finish(HttpHeaders reply) {
        route.adjust(reply);
        if (timed) {
            ServerTiming.add(reply, ledger.times(lane.ticker().nanos()));
        }
    }

    /** Answers with what is given in place of what came, or with what came. */
    private void answer(FullHttpResponse reply) {
        over = true;
        ledger.code(reply.status().code());
        finish(reply.headers());
        caller.reply(reply);
    }

    @Override
    public void whole(FullHttpResponse reply) {
        answering();
        HopByHop.strip(reply);
        var kept = kept();
        var other = kept == null ? null : kept.instead(reply);
        if (other != null) {
            reply.release();
            answer(other);
            return;
        }
        if (kept != null) {
            kept.whole(reply);
        }
        answer(reply);
    }

    @Override
    public void shed(ShedCause cause, String detail) {
        ledger.path(Path.SHED);
        link.meters().shed(cause);
        refused(503, "overload", detail);
    }

    @Override
    public void refused(int status, String cause, String detail) {
        var kept = kept();
        var stale = kept == null || caller.replying() ? null : insteadOf(kept, status);
        if (stale != null) {
            answer(stale);
            return;
        }
        over = true;
        ledger.code(status);
        if (kept != null) {
            kept.failed();
        }
        if (caller.replying()) {
            caller.abort();
        } else {
            caller.reply(new Problem(status, cause, detail, link.config().link()).reply());
        }
    }

    /** What is given when there is no answer, or it broke off while it was thrown away. */
    private @Nullable FullHttpResponse insteadOf(Kept kept, int status) {
        return instead == null ? kept.onError(status) : take();
    }

    private void late() {
        tries.cancel(true);
        refused(504, "timeout", "no answer within the time that the request had");
    }

    @Override
    public void readBody(boolean go) {
        caller.readBody(go);
    }

    @Override
    public boolean callerTakes() {
        return caller.writable();
    }

    @Override
    public void replied(long nanos) {
        end();
        long send = ledger.replied(nanos, subsetName());
        told(nanos);
        var endpoint = tries.endpoint();
        if (send >= 0 && endpoint != null) {
            endpoint.answered(send, nanos - caller.arrivedNanos());
        }
    }

    @Override
    public void cancelled() {
        tries.cancel(false);
        var kept = kept();
        if (kept != null) {
            kept.abandoned();
        }
        if (instead != null) {
            take().release();
        }
        end();
        ledger.broken(subsetName());
        told(lane.ticker().nanos());
    }

    private void end() {
        over = true;
        lane.deadlines().disarm(total);
        request.release();
    }

    private void told(long nanos) {
        ledger.tell(link.config(), subsetName(), tries, nanos);
    }

    private String subsetName() {
        return link.subsetNames().get(subset);
    }
}
