package io.batchmesh.proxy.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;

class ValidationTest extends CacheCase {
    @Test
    void a304MakesItFreshAgainAndBringsNewFields() {
        var asker = new Asker("/a");
        var kept = keep(asker, "a", "cache-control", "max-age=5", "etag", "\"1\"", "x", "old");
        pass(6);
        assertEquals("stale", ask(new Asker("/a")));
        var condition = fields();
        kept.condition(condition);
        assertEquals("\"1\"", condition.get("if-none-match"));
        var said = fields("etag", "W/\"1\"", "cache-control", "max-age=7", "x", "new");
        assertNotNull(cache.confirm(asker.question, kept, said, clocks.nanos()));
        pass(6);
        var hit = assertInstanceOf(Lookup.Hit.class, cache.look(new Asker("/a")));
        assertEquals("new", hit.reply().headers().get("x"));
        assertEquals("6", hit.reply().headers().get("age"));
        assertEquals("batchmesh; hit; ttl=1", hit.reply().headers().get("cache-status"));
        assertEquals("a", text(hit.reply()));
    }

    @Test
    void a304OfAnotherVersionThrowsWhatIsKeptAway() {
        var asker = new Asker("/a");
        var kept = keep(asker, "a", "cache-control", "max-age=5", "etag", "\"1\"");
        pass(6);
        assertNull(cache.confirm(asker.question, kept, fields("etag", "\"2\""), clocks.nanos()));
        assertEquals("uri-miss", ask(new Asker("/a")));
    }

    @Test
    void aCallerThatHasItAlreadyGetsA304() {
        var modified = date(START.minusSeconds(100));
        keep(
                new Asker("/a"),
                "a",
                "cache-control",
                "max-age=5",
                "etag",
                "\"1\"",
                "last-modified",
                modified);
        assertEquals(304, status(new Asker("/a", "if-none-match", "\"0\", W/\"1\"")));
        assertEquals(304, status(new Asker("/a", "if-none-match", "*")));
        assertEquals(200, status(new Asker("/a", "if-none-match", "\"2\"")));
        assertEquals(304, status(new Asker("/a", "if-modified-since", modified)));
        var before = date(START.minusSeconds(101));
        assertEquals(200, status(new Asker("/a", "if-modified-since", before)));
        var both = new Asker("/a", "if-none-match", "\"2\"", "if-modified-since", modified);
        assertEquals(200, status(both));
    }

    private int status(Asker asker) {
        var reply = assertInstanceOf(Lookup.Hit.class, cache.look(asker)).reply();
        reply.release();
        return reply.status().code();
    }

    @Test
    void headIsAnsweredByWhatGetBrought() {
        keep(new Asker("/a"), "abc", "cache-control", "max-age=5");
        var reply =
                assertInstanceOf(Lookup.Hit.class, cache.look(new Asker(HttpMethod.HEAD, "/a")))
                        .reply();
        assertEquals("3", reply.headers().get("content-length"));
        assertEquals("", text(reply));
    }

    @Test
    void whenAskingFailsTheOldAnswerIsGivenAsLongAsItAllows() {
        var asker = new Asker("/a");
        var kept = keep(asker, "a", "cache-control", "max-age=5, stale-if-error=10");
        pass(14);
        var reply = cache.onError(asker.question, kept, Forward.STALE, 503);
        assertNotNull(reply);
        assertEquals("batchmesh; fwd=stale; fwd-status=503", reply.headers().get("cache-status"));
        assertEquals("a", text(reply));
        pass(2);
        assertNull(cache.onError(asker.question, kept, Forward.STALE, 503));
    }

    @Test
    void oneOfThoseWhoMeetAStaleAnswerRenewsItAndNoneWaits() {
        keep(new Asker("/a"), "a", "cache-control", "max-age=5, stale-while-revalidate=60");
        pass(6);
        var first = assertInstanceOf(Lookup.Hit.class, cache.look(new Asker("/a")));
        var second = assertInstanceOf(Lookup.Hit.class, cache.look(new Asker("/a")));
        assertTrue(first.stale() && second.stale());
        assertNotNull(first.renew());
        assertNull(second.renew());
        text(first.reply());
        text(second.reply());
        first.renew().flight().failed();
        var third = assertInstanceOf(Lookup.Hit.class, cache.look(new Asker("/a")));
        text(third.reply());
        assertNotNull(third.renew(), "when it failed, another one tries");
    }
}
