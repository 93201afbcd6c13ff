package io.batchmesh.proxy.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.time.Ticker;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The answers of one link, bounded in bytes, and the questions in flight. Confined to the event
 * loop.
 */
public final class ReplyCache {
    /** Followers of one question, beyond which others ask for themselves. */
    private static final int MAX_FOLLOWERS = 4096;

    /** How long a target whose answers cannot be shared is not waited for. */
    private static final long PERSONAL_SECONDS = 10;

    private static final int MAX_PERSONAL = 10_000;

    private final Ticker ticker;
    private final Cache<String, CachedReply> replies;
    private final Cache<String, Boolean> personal;
    private final Map<String, Flight> flights = new HashMap<>();
    private final Set<String> refreshing = new HashSet<>();
    private BatchWindow.Cache settings;

    /** An empty cache. */
    public ReplyCache(Ticker ticker, BatchWindow.Cache settings) {
        this.ticker = ticker;
        this.settings = settings;
        this.replies =
                Caffeine.newBuilder()
                        .maximumWeight(settings.maxBytes())
                        .weigher((String key, CachedReply reply) ->
                                2 * key.length() + reply.weight())
                        .executor(Runnable::run)
                        .build();
        this.personal =
                Caffeine.newBuilder()
                        .maximumSize(MAX_PERSONAL)
                        .expireAfterWrite(PERSONAL_SECONDS, TimeUnit.SECONDS)
                        .ticker(ticker::nanos)
                        .executor(Runnable::run)
                        .build();
    }

    /** Takes new settings; what is kept stays as fresh as it was when it came. */
    public void configure(BatchWindow.Cache next) {
        settings = next;
        replies.policy().eviction().ifPresent(e -> e.setMaximum(next.maxBytes()));
    }

    /** Looks a question up; a follower is told later. */
    public Lookup look(String key, Follower follower) {
        long now = ticker.nanos();
        var kept = replies.getIfPresent(key);
        if (kept != null && kept.usable(now)) {
            boolean stale = !kept.fresh(now);
            return new Lookup.Hit(kept, stale, stale && refreshing.add(key));
        }
        var flight = flights.get(key);
        if (flight != null && flight.followers() < MAX_FOLLOWERS) {
            flight.follow(follower);
            return new Lookup.Follow();
        }
        if (flight != null || personal.getIfPresent(key) != null) {
            return new Lookup.Alone();
        }
        return new Lookup.Lead(open(key));
    }

    /** A flight to renew what is stale. */
    public Flight refresh(String key) {
        var flight = flights.get(key);
        return flight == null ? open(key) : new Flight(this, key);
    }

    private Flight open(String key) {
        var flight = new Flight(this, key);
        flights.put(key, flight);
        return flight;
    }

    /** An answer made ready for being shared. */
    public CachedReply reply(HttpHeaders headers, byte[] body) {
        long fresh = CacheRules.freshNanos(headers, settings.ttl().toNanos());
        boolean strict = CacheRules.mustRevalidate(headers);
        long stale = strict ? 0 : settings.staleWhileRevalidate().toNanos();
        return new CachedReply(headers, body, ticker.nanos(), fresh, fresh > 0 ? stale : 0);
    }

    /** The longest body that is worth gathering. */
    public int maxBody() {
        return (int) Math.min(1 << 20, settings.maxBytes() / 4);
    }

    /** Something that may have changed a target was done. */
    public void invalidate(String key) {
        replies.invalidate(key);
    }

    void keep(String key, CachedReply reply) {
        if (reply.lasts()) {
            replies.put(key, reply);
        }
    }

    void personal(String key) {
        replies.invalidate(key);
        personal.put(key, true);
    }

    void landed(Flight flight) {
        flights.remove(flight.key(), flight);
        refreshing.remove(flight.key());
    }

    /** Answers that are kept. */
    public long size() {
        return replies.estimatedSize();
    }
}
