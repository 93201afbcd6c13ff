package io.batchmesh.proxy.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchmesh.policy.BatchWindow;
import io.batchmesh.time.Clocks;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A cache on a clock that is turned by hand, and requests that ask it. */
abstract class CacheCase {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    Duration passed = Duration.ZERO;
    final Clocks clocks = new Clocks(() -> START.plus(passed), () -> passed.toNanos());
    final ReplyCache cache = cache(1 << 20, Duration.ZERO, Duration.ZERO);

    ReplyCache cache(long bytes, Duration ttl, Duration stale) {
        return new ReplyCache(clocks, new BatchWindow.Cache(bytes, ttl, stale));
    }

    void pass(long seconds) {
        passed = passed.plusSeconds(seconds);
    }

    static String date(Instant at) {
        var format = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
        return format.format(at.atOffset(ZoneOffset.UTC));
    }

    static HttpHeaders fields(String... pairs) {
        var headers = new DefaultHttpHeaders();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    /** A request that follows when it has to. */
    static final class Asker implements Follower {
        final Question question;
        final List<String> heard = new ArrayList<>();
        boolean waiting = true;

        Asker(HttpMethod method, String uri, String... pairs) {
            var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, uri, fields(pairs));
            head.headers().set("host", "back");
            question = Question.of(head, "default");
        }

        Asker(String uri, String... pairs) {
            this(HttpMethod.GET, uri, pairs);
        }

        @Override
        public Question question() {
            return question;
        }

        @Override
        public void shared(FullHttpResponse reply) {
            heard.add("shared " + text(reply));
        }

        @Override
        public void alone() {
            heard.add("alone");
        }

        @Override
        public void lead(Flight flight) {
            heard.add("lead");
        }

        @Override
        public boolean waiting() {
            return waiting;
        }
    }

    static String text(FullHttpResponse reply) {
        var text = reply.content().toString(StandardCharsets.UTF_8);
        reply.release();
        return text;
    }

    /** What a request gets: the body that is kept, or why it has to be asked for. */
    String ask(Asker asker) {
        return switch (cache.look(asker)) {
            case Lookup.Hit hit -> (hit.stale() ? "stale " : "hit ") + text(hit.reply());
            case Lookup.Follow _ -> "follow";
            case Lookup.Unavailable _ -> "504";
            case Lookup.Ask(var why, var flight, _) -> {
                if (flight != null) {
                    flight.failed();
                }
                yield why.label();
            }
        };
    }

    StoredReply keep(Asker asker, String body, String... pairs) {
        var headers = fields(pairs);
        assertTrue(cache.mayKeep(asker.question, HttpMethod.GET, 200, headers), headers.toString());
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return cache.keep(asker.question, 200, headers, bytes, clocks.nanos());
    }
}
