package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.cache.CacheRules;
import io.batchmesh.proxy.cache.CachedReply;
import io.batchmesh.proxy.cache.Flight;
import io.batchmesh.proxy.cache.Follower;
import io.batchmesh.proxy.cache.Lookup;
import io.batchmesh.proxy.cache.ReplyCache;
import io.batchmesh.proxy.meter.CacheResult;
import io.batchmesh.proxy.meter.Path;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The stage cache of one exchange: looking up at arrival, and keeping what comes. */
final class CacheStage implements Follower {
    private final Exchange exchange;
    private final OutgoingRequest request;
    private final @Nullable ReplyCache cache;
    private @Nullable Flight flight;
    private @Nullable HttpHeaders headers;
    private @Nullable ByteArrayOutputStream body;
    private boolean following;

    CacheStage(Exchange exchange, OutgoingRequest request) {
        this.exchange = exchange;
        this.request = request;
        this.cache = exchange.link().cache();
    }

    /** A flight that this exchange is to lead from the start. */
    void leads(Flight own) {
        flight = own;
    }

    /** The same question gets the same answer only by the same route. */
    private String key() {
        var host = request.headers().get(HttpHeaderNames.HOST, "");
        return exchange.route().number() + " " + host + " " + request.uri();
    }

    /** Looks the request up; true when it is answered, or going to be, without being sent. */
    boolean answers() {
        var own = cache;
        if (own == null || flight != null) {
            return false;
        }
        var meters = exchange.ledger().meters();
        if (!CacheRules.mayLookUp(exchange.caller().head())) {
            meters.cache(CacheResult.BYPASS);
            return false;
        }
        long begin = exchange.lane().ticker().nanos();
        var found = own.look(key(), this);
        long now = exchange.lane().ticker().nanos();
        exchange.ledger().looked(now - begin);
        switch (found) {
            case Lookup.Hit hit -> {
                meters.cache(hit.stale() ? CacheResult.STALE : CacheResult.HIT);
                if (hit.refresh()) {
                    exchange.mirrors().refresh(exchange, request, own.refresh(key()));
                }
                exchange.answeredFromCache(hit.reply().reply(now), Path.HIT);
                return true;
            }
            case Lookup.Follow follow -> {
                following = true;
                return true;
            }
            case Lookup.Lead lead -> flight = lead.flight();
            case Lookup.Alone alone -> {}
        }
        meters.cache(CacheResult.MISS);
        return false;
    }

    @Override
    public boolean waiting() {
        return following && !exchange.over();
    }

    @Override
    public void shared(CachedReply reply) {
        following = false;
        exchange.ledger().meters().cache(CacheResult.COALESCED);
        exchange.answeredFromCache(reply.reply(exchange.lane().ticker().nanos()), Path.COALESCED);
    }

    @Override
    public void alone() {
        following = false;
        exchange.ledger().meters().cache(CacheResult.MISS);
        exchange.dispatch();
    }

    @Override
    public void lead(Flight taken) {
        flight = taken;
        alone();
    }

    /** The head of a streamed answer. */
    void head(HttpResponse answer) {
        changed(answer.status().code());
        if (flight == null) {
            return;
        }
        if (CacheRules.mayShare(answer)) {
            headers = answer.headers().copy();
            body = new ByteArrayOutputStream();
        } else {
            notShared(answer.status().code());
        }
    }

    /** A piece of it. */
    void content(ByteBuf piece, boolean last) {
        if (flight == null || body == null || cache == null) {
            return;
        }
        if (body.size() + piece.readableBytes() > cache.maxBody()) {
            notShared(200);
            return;
        }
        try {
            piece.getBytes(piece.readerIndex(), body, piece.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        if (last && headers != null) {
            share(headers, body.toByteArray());
        }
    }

    /** A whole answer. */
    void whole(FullHttpResponse answer) {
        changed(answer.status().code());
        if (flight == null || cache == null) {
            return;
        }
        boolean fits = answer.content().readableBytes() <= cache.maxBody();
        if (fits && CacheRules.mayShare(answer)) {
            share(answer.headers().copy(), ByteBufUtil.getBytes(answer.content()));
        } else {
            notShared(answer.status().code());
        }
    }

    private void share(HttpHeaders kept, byte[] bytes) {
        var own = flight;
        flight = null;
        body = null;
        if (own != null && cache != null) {
            own.share(cache.reply(kept, bytes));
        }
    }

    private void notShared(int status) {
        var own = flight;
        flight = null;
        body = null;
        if (own != null && status == 200) {
            own.personal();
        } else if (own != null) {
            own.failed();
        }
    }

    /** A request that may have changed its target did so (RFC 9111, section 4.4). */
    private void changed(int status) {
        if (cache != null && status < 400 && CacheRules.unsafe(request.method())) {
            cache.invalidate(key());
        }
    }

    /** There is no answer. */
    void failed() {
        notShared(0);
    }

    /** The caller went away: somebody else may ask on. */
    void abandoned() {
        var own = flight;
        flight = null;
        body = null;
        if (own != null) {
            own.abandon();
        }
    }
}
