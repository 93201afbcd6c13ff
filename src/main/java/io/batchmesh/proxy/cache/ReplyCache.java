package io.batchmesh.proxy.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.batchmesh.policy.BatchWindow;
import io.batchmesh.time.Clocks;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one link, bounded in bytes, and the questions in flight: a shared cache by RFC
 * 9111. Confined to the event loop.
 */
public final class ReplyCache {
    /** Followers of one question, beyond which others ask for themselves. */
    private static final int MAX_FOLLOWERS = 4096;

    /** Answers of one target, by route and {@code Vary}; the oldest goes first. */
    private static final int MAX_VARIANTS = 16;

    /** How long a target whose answers cannot be shared is not waited for. */
    private static final long PERSONAL_SECONDS = 10;

    private static final int MAX_PERSONAL = 10_000;

    private final Clocks clocks;
    private final Cache<String, List<StoredReply>> replies;
    private final Cache<String, Boolean> personal;
    private final Map<String, Flight> flights = new HashMap<>();
    private final Set<String> renewing = new HashSet<>();
    private BatchWindow.Cache settings;

    /** An empty cache. */
    public ReplyCache(Clocks clocks, BatchWindow.Cache settings) {
        this.clocks = clocks;
        this.settings = settings;
        this.replies =
                Caffeine.newBuilder()
                        .maximumWeight(settings.maxBytes())
                        .weigher(ReplyCache::weight)
                        .executor(Runnable::run)
                        .build();
        this.personal =
                Caffeine.newBuilder()
                        .maximumSize(MAX_PERSONAL)
                        .expireAfterWrite(PERSONAL_SECONDS, TimeUnit.SECONDS)
                        .ticker(clocks::nanos)
                        .executor(Runnable::run)
                        .build();
    }

    private static int weight(String target, List<StoredReply> variants) {
        return 2 * target.length() + variants.stream().mapToInt(StoredReply::weight).sum();
    }

    /** Takes new settings; what is kept stays as fresh as it was when it came. */
    public void configure(BatchWindow.Cache next) {
        settings = next;
        replies.policy().eviction().ifPresent(e -> e.setMaximum(next.maxBytes()));
    }

    /**
     * Looks a question up, one that is {@linkplain Question#answerable answerable} and does not
     * {@linkplain Question#bypasses bypass}; a follower is told later.
     */
    public Lookup look(Follower follower) {
        var question = follower.question();
        long now = clocks.nanos();
        var variants = replies.getIfPresent(question.target());
        var kept = variants == null ? null : StoredReply.among(variants, question);
        Forward why;
        if (kept == null) {
            why = variants == null ? Forward.URI_MISS : Forward.VARY_MISS;
        } else {
            var hit = given(question, kept, now);
            if (hit != null) {
                return hit;
            }
            why = kept.remaining(now) > 0 && !kept.noCache() ? Forward.REQUEST : Forward.STALE;
        }
        if (question.control().has("only-if-cached")) {
            return new Lookup.Unavailable();
        }
        return asked(follower, why, kept);
    }

    private Lookup.@Nullable Hit given(Question question, StoredReply kept, long now) {
        if (question.insists() || kept.noCache() || !newEnough(question, kept, now)) {
            return null;
        }
        long remaining = kept.remaining(now);
        long least = TimeUnit.SECONDS.toNanos(Math.max(0, question.control().seconds("min-fresh")));
        if (remaining > least) {
            return hit(question, kept, now, null);
        }
        if (remaining > 0) {
            return null; // fresh, but not for as long as is wanted
        }
        if (kept.usableMeanwhile(now)) {
            boolean renews = !question.credentials() && renewing.add(question.flight());
            var renewal = renews ? new Lookup.Renewal(renewal(question), kept) : null;
            return hit(question, kept, now, renewal);
        }
        return kept.staleAllowed() && puts(question, -remaining)
                ? hit(question, kept, now, null)
                : null;
    }

    private static Lookup.Hit hit(
            Question question, StoredReply kept, long now, Lookup.@Nullable Renewal renewal) {
        var reply = kept.reply(question, now);
        CacheStatus.hit(reply.headers(), kept.remaining(now));
        return new Lookup.Hit(reply, kept.remaining(now) <= 0, renewal);
    }

    private static boolean newEnough(Question question, StoredReply kept, long now) {
        long most = question.control().seconds("max-age");
        return most < 0 || kept.age(now) <= TimeUnit.SECONDS.toNanos(most);
    }

    /** Whether a request puts up with an answer that is so stale (RFC 9111, section 5.2.1.2). */
    private static boolean puts(Question question, long staleNanos) {
        var control = question.control();
        return control.isBare("max-stale")
                || TimeUnit.SECONDS.toNanos(control.seconds("max-stale")) >= staleNanos;
    }

    private Lookup asked(Follower follower, Forward why, @Nullable StoredReply kept) {
        var question = follower.question();
        boolean own = question.credentials() || question.isConditional() || question.head();
        // Who wants it newer is not served by what was asked for before.
        if (own || why == Forward.REQUEST || question.insists()) {
            return new Lookup.Ask(why, null, question.isConditional() ? null : kept);
        }
        var flight = flights.get(question.flight());
        if (flight != null && flight.followers() < MAX_FOLLOWERS) {
            flight.follow(follower);
            return new Lookup.Follow();
        }
        boolean alone = flight != null || personal.getIfPresent(question.flight()) != null;
        return new Lookup.Ask(why, alone ? null : open(question.flight()), kept);
    }

    private Flight renewal(Question question) {
        var key = question.flight();
        return flights.containsKey(key) ? new Flight(this, key) : open(key);
    }

    private Flight open(String key) {
        var flight = new Flight(this, key);
        flights.put(key, flight);
        return flight;
    }

    /** Whether an answer may be kept (RFC 9111, section 3). */
    public boolean mayKeep(Question question, HttpMethod method, int status, HttpHeaders answer) {
        return Storing.may(question, method, status, answer);
    }

    /**
     * Keeps an answer that {@linkplain #mayKeep may be kept}.
     *
     * @param headers not changed any more
     * @param body not changed any more
     * @param askedNanos when it was asked for
     */
    public StoredReply keep(
            Question question, int status, HttpHeaders headers, byte[] body, long askedNanos) {
        return keep(question, new StoredReply.Content(status, headers, body), askedNanos);
    }

    /** Whether an answer of a known length that has only begun is going to be kept. */
    public boolean willKeep(Question question, HttpResponse begun, long askedNanos) {
        long length = HttpUtil.getContentLength(begun, -1L);
        var content = new StoredReply.Content(begun.status().code(), begun.headers(), new byte[0]);
        return length >= 0
                && length <= maxBody()
                && stored(question, content, askedNanos).lasts(clocks.nanos());
    }

    private StoredReply keep(Question question, StoredReply.Content content, long askedNanos) {
        var reply = stored(question, content, askedNanos);
        put(question.target(), reply, reply.lasts(clocks.nanos()));
        return reply;
    }

    private StoredReply stored(Question question, StoredReply.Content content, long askedNanos) {
        long now = clocks.nanos();
        boolean guessed = Storing.guesses(content.status());
        var freshness =
                Freshness.of(
                        content.headers(),
                        guessed ? settings.ttl() : Duration.ZERO,
                        settings.staleWhileRevalidate(),
                        Math.max(0, now - askedNanos),
                        clocks.wall().millis());
        var vary = VaryKey.of(content.headers(), question.headers());
        if (vary == null) {
            throw new IllegalArgumentException("an answer that nobody else can match");
        }
        return new StoredReply(question, vary, content, now, freshness);
    }

    /** Whether an answer is kept: it may be worth nothing a moment later, or too long. */
    public boolean holds(Question question, StoredReply reply) {
        var variants = replies.getIfPresent(question.target());
        return variants != null && variants.contains(reply);
    }

    private void put(String target, StoredReply reply, boolean lasts) {
        var variants = new ArrayList<StoredReply>();
        var before = replies.getIfPresent(target);
        if (before != null) {
            before.stream().filter(other -> !reply.replaces(other)).forEach(variants::add);
        }
        if (lasts) {
            variants.add(reply);
        }
        if (variants.size() > MAX_VARIANTS) {
            variants.removeFirst();
        }
        if (variants.isEmpty()) {
            replies.invalidate(target);
        } else {
            replies.put(target, List.copyOf(variants));
        }
    }

    /**
     * Makes a kept answer fresh again by a 304 (RFC 9111, section 4.3.4).
     *
     * @return the answer, or null when the 304 does not speak of it; then it is not kept any more
     */
    public @Nullable StoredReply confirm(
            Question question, StoredReply kept, HttpHeaders notModified, long askedNanos) {
        if (!kept.isConfirmedBy(notModified)) {
            invalidate(question.target());
            return null;
        }
        var headers = Renewed.headers(kept.content().headers(), notModified);
        return keep(question, kept.content().with(headers), askedNanos);
    }

    /** The answer of a request whose kept answer was confirmed; to be sent and released. */
    public FullHttpResponse confirmed(Question question, StoredReply renewed, Forward why) {
        var reply = renewed.reply(question, clocks.nanos());
        CacheStatus.asked(reply.headers(), why, 304, true);
        return reply;
    }

    /**
     * What is kept, for want of another answer.
     *
     * @param status what came instead of an answer
     * @return null when it may not be given
     */
    public @Nullable FullHttpResponse onError(
            Question question, StoredReply kept, Forward why, int status) {
        long now = clocks.nanos();
        if (!kept.usableOnError(now)) {
            return null;
        }
        var reply = kept.reply(question, now);
        CacheStatus.asked(reply.headers(), why, status, false);
        return reply;
    }

    /** The longest body that is worth gathering. */
    public int maxBody() {
        return (int) Math.min(1 << 20, settings.maxBytes() / 4);
    }

    /** Something that may have changed a target was done: nothing of it is kept any more. */
    public void invalidate(String target) {
        replies.invalidate(target);
    }

    void give(StoredReply reply, Follower follower) {
        long now = clocks.nanos();
        if (reply.sharedOnArrival(now) && reply.answers(follower.question())) {
            var answer = reply.reply(follower.question(), now);
            CacheStatus.collapsed(answer.headers());
            follower.shared(answer);
        } else {
            follower.alone();
        }
    }

    void personal(String key) {
        personal.put(key, true);
    }

    void landed(Flight flight) {
        flights.remove(flight.key(), flight);
        renewing.remove(flight.key());
    }

    /** Targets of which something is kept. */
    public long size() {
        return replies.estimatedSize();
    }

    /** About the bytes that are kept. */
    public long bytes() {
        replies.cleanUp();
        var sum = replies.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
        return sum;
    }
}
