package io.batchmesh.proxy.outbound;

import io.batchmesh.proxy.cache.Flight;
import io.batchmesh.proxy.cache.Follower;
import io.batchmesh.proxy.cache.Forward;
import io.batchmesh.proxy.cache.Lookup;
import io.batchmesh.proxy.cache.Question;
import io.batchmesh.proxy.cache.ReplyCache;
import io.batchmesh.proxy.cache.StoredReply;
import io.batchmesh.proxy.meter.CacheResult;
import io.batchmesh.proxy.meter.Path;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** The stage cache of one exchange: looking up at arrival. What comes goes to {@link Kept}. */
final class CacheStage implements Follower {
    private final Exchange exchange;
    private final OutgoingRequest request;
    private final @Nullable ReplyCache cache;
    private final Question question;
    private @Nullable Kept kept;
    private boolean following;

    private CacheStage(Exchange exchange, OutgoingRequest request, @Nullable ReplyCache cache) {
        this.exchange = exchange;
        this.request = request;
        this.cache = cache;
        this.question = Question.of(exchange.caller().head(), exchange.route().config().name());
    }

    /** The stage of an exchange; null where nothing is kept. */
    static @Nullable CacheStage of(Exchange exchange, OutgoingRequest request) {
        var cache = exchange.link().cache();
        return cache == null ? null : new CacheStage(exchange, request, cache);
    }

    private ReplyCache cache() {
        if (cache == null) {
            throw new IllegalStateException("nothing is kept here");
        }
        return cache;
    }

    /** Renews what is kept, from the start. */
    void renews(Lookup.Renewal renewal) {
        renewal.kept().condition(request.headers());
        kept = answer(Forward.STALE, renewal.flight(), renewal.kept());
    }

    private Kept answer(Forward why, @Nullable Flight flight, @Nullable StoredReply before) {
        return new Kept(
                new Kept.Asked(question, request, why, before),
                cache(),
                flight,
                exchange.lane().ticker().nanos());
    }

    /** What is to be done with the answer; null when it is not the cache's business. */
    @Nullable Kept kept() {
        return kept;
    }

    /** Looks the request up; true when it is answered, or going to be, without being sent. */
    boolean answers() {
        if (kept != null) {
            return false;
        }
        var meters = exchange.ledger().meters();
        if (!question.answerable() || question.bypasses()) {
            meters.cache(CacheResult.BYPASS);
            kept = answer(question.answerable() ? Forward.BYPASS : Forward.METHOD, null, null);
            return false;
        }
        long begin = exchange.lane().ticker().nanos();
        var found = cache().look(this);
        exchange.ledger().looked(exchange.lane().ticker().nanos() - begin);
        switch (found) {
            case Lookup.Hit hit -> {
                meters.cache(hit.stale() ? CacheResult.STALE : CacheResult.HIT);
                if (hit.renew() != null) {
                    exchange.mirrors().renew(exchange, request, hit.renew());
                }
                exchange.answeredFromCache(hit.reply(), Path.HIT);
            }
            case Lookup.Follow _ -> following = true;
            case Lookup.Unavailable _ -> {
                meters.cache(CacheResult.MISS);
                exchange.refused(504, "only-if-cached", "nothing is kept that may be given");
            }
            case Lookup.Ask(var why, var flight, var before) -> {
                meters.cache(CacheResult.MISS);
                if (before != null && before.isAskable()) {
                    before.condition(request.headers());
                }
                kept = answer(why, flight, before);
                return false;
            }
        }
        return true;
    }

    @Override
    public Question question() {
        return question;
    }

    @Override
    public boolean waiting() {
        return following && !exchange.over();
    }

    @Override
    public void shared(FullHttpResponse reply) {
        following = false;
        exchange.ledger().meters().cache(CacheResult.COALESCED);
        exchange.answeredFromCache(reply, Path.COALESCED);
    }

    @Override
    public void alone() {
        following = false;
        dispatch(null);
    }

    @Override
    public void lead(Flight taken) {
        following = false;
        dispatch(taken);
    }

    private void dispatch(@Nullable Flight flight) {
        exchange.ledger().meters().cache(CacheResult.MISS);
        kept = answer(Forward.URI_MISS, flight, null);
        exchange.dispatch();
    }
}
