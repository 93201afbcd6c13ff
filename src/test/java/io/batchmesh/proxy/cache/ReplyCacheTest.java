package io.batchmesh.proxy.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyCacheTest extends CacheCase {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    max-age=10                                | 9  | hit a
                    max-age=10                                | 10 | stale
                    max-age=5, max-age=100                    | 6  | stale
                    s-maxage=20, max-age=5                    | 19 | hit a
                    s-maxage=5, max-age=20                    | 6  | stale
                    max-age="10"                              | 9  | hit a
                    MAX-AGE=10                                | 9  | hit a
                    max-age=ten                               | 0  | stale
                    max-age=-1                                | 0  | stale
                    max-age=99999999999999999999              | 9  | hit a
                    max-age=10, no-cache                      | 1  | stale
                    max-age=10, no-cache="x, y"               | 1  | stale
                    ext="a, no-cache", max-age=10             | 1  | hit a
                    max-age=10, stale-while-revalidate=5      | 14 | stale a
                    max-age=10, stale-while-revalidate=5      | 15 | stale
                    must-revalidate, max-age=1, stale-while-revalidate=5 | 2 | stale
                    """)
    void anAnswerIsGivenAsLongAsItsDirectivesSay(String control, int seconds, String wanted) {
        keep(new Asker("/a"), "a", "cache-control", control, "etag", "\"1\"");
        pass(seconds);
        assertEquals(wanted, ask(new Asker("/a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no-store          | false
                    private           | false
                    Private="x"       | false
                    max-age=5         | true
                    public            | true
                    """)
    void whatMayNotBeKeptIsNotKept(String control, boolean kept) {
        var asker = new Asker("/a");
        var headers = fields("cache-control", control);
        assertEquals(kept, cache.mayKeep(asker.question, HttpMethod.GET, 200, headers));
    }

    @Test
    void neitherPartsNorCookiesNorWhatVariesByAllThingsIsKept() {
        var asker = new Asker("/a");
        for (var pair :
                List.of(
                        List.of("set-cookie", "a=b"),
                        List.of("vary", "accept, *"),
                        List.of("content-range", "bytes 0-1/2"))) {
            var headers = fields(pair.getFirst(), pair.getLast(), "cache-control", "max-age=9");
            assertEquals(
                    false,
                    cache.mayKeep(asker.question, HttpMethod.GET, 200, headers),
                    pair.toString());
        }
        var fresh = fields("cache-control", "max-age=9");
        assertEquals(false, cache.mayKeep(asker.question, HttpMethod.GET, 206, fresh));
        assertEquals(false, cache.mayKeep(asker.question, HttpMethod.GET, 500, fresh));
        assertEquals(false, cache.mayKeep(asker.question, HttpMethod.POST, 200, fresh));
        assertEquals(true, cache.mayKeep(asker.question, HttpMethod.GET, 404, fresh));
        assertEquals(false, cache.mayKeep(asker.question, HttpMethod.GET, 404, fields()));
    }

    @Test
    void anAnswerThatIsOldAlreadyWhenItComesIsFreshForLess() {
        keep(new Asker("/aged"), "a", "cache-control", "max-age=10", "age", "8");
        var earlier = date(START.minusSeconds(7));
        keep(new Asker("/dated"), "b", "cache-control", "max-age=10", "date", earlier);
        pass(1);
        assertEquals("hit a", ask(new Asker("/aged")), "two seconds are left");
        assertEquals("hit b", ask(new Asker("/dated")));
        pass(1);
        assertEquals("stale", ask(new Asker("/aged")));
        assertEquals("hit b", ask(new Asker("/dated")));
    }

    @Test
    void expiresCountsFromTheDateOfTheAnswer() {
        var until = date(START.plusSeconds(100));
        var since = date(START.plusSeconds(90));
        keep(new Asker("/a"), "a", "expires", until, "date", since, "etag", "\"1\"");
        keep(new Asker("/b"), "b", "expires", "0", "etag", "\"1\"");
        pass(9);
        assertEquals("hit a", ask(new Asker("/a")));
        assertEquals("stale", ask(new Asker("/b")));
        pass(2);
        assertEquals("stale", ask(new Asker("/a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    max-age=3                    | request
                    max-age=5                    | hit a
                    min-fresh=4                  | hit a
                    min-fresh=6                  | request
                    no-cache                     | request
                    only-if-cached, max-age=1    | 504
                    only-if-cached               | hit a
                    """)
    void aRequestMayWantItNewer(String control, String wanted) {
        keep(new Asker("/a"), "a", "cache-control", "max-age=10");
        pass(5);
        assertEquals(wanted, ask(new Asker("/a", "cache-control", control)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    max-stale        | max-age=10                  | stale a
                    max-stale=5      | max-age=10                  | stale a
                    max-stale=4      | max-age=10                  | stale
                    max-stale        | max-age=10, must-revalidate | stale
                    max-stale        | s-maxage=10                 | stale
                    """)
    void aRequestMayPutUpWithAStaleOne(String control, String answered, String wanted) {
        keep(new Asker("/a"), "a", "cache-control", answered, "etag", "\"1\"");
        pass(15);
        assertEquals(wanted, ask(new Asker("/a", "cache-control", control)));
    }

    @Test
    void pragmaCountsOnlyWhereCacheControlIsNotThere() {
        keep(new Asker("/a"), "a", "cache-control", "max-age=10");
        assertEquals("request", ask(new Asker("/a", "pragma", "no-cache")));
        var both = new Asker("/a", "pragma", "no-cache", "cache-control", "max-age=9");
        assertEquals("hit a", ask(both));
    }

    @Test
    void callersWithOtherValuesOfTheVaryFieldsGetOtherAnswers() {
        var vary = List.of("vary", "Accept-Language, accept", "cache-control", "max-age=9");
        var pairs = vary.toArray(String[]::new);
        keep(new Asker("/a", "accept-language", "de,  en"), "deutsch", pairs);
        keep(new Asker("/a", "accept-language", "fr"), "francais", pairs);
        assertEquals("hit deutsch", ask(new Asker("/a", "accept-language", "de,en")));
        assertEquals("hit francais", ask(new Asker("/a", "accept-language", "fr")));
        assertEquals("vary-miss", ask(new Asker("/a")));
        assertEquals("vary-miss", ask(new Asker("/a", "accept-language", "")));
    }

    @Test
    void whatOneCallerGetsWithCredentialsIsForOthersOnlyWhenTheAnswerSaysSo() {
        var known = new Asker("/a", "authorization", "Bearer x");
        var plain = fields("cache-control", "max-age=9");
        assertEquals(false, cache.mayKeep(known.question, HttpMethod.GET, 200, plain));
        keep(new Asker("/a"), "anonymous", "cache-control", "max-age=9");
        assertEquals("vary-miss", ask(known), "an answer for nobody in particular is not theirs");
        keep(known, "all", "cache-control", "public, max-age=9");
        assertEquals("hit all", ask(new Asker("/a", "authorization", "Bearer y")));
        assertEquals("hit all", ask(new Asker("/a")));
    }

    @Test
    void callersWithCredentialsNeverWaitForOneAnother() {
        var first = new Asker("/a", "cookie", "a=b");
        var second = new Asker("/a", "cookie", "a=b");
        assertNull(assertInstanceOf(Lookup.Ask.class, cache.look(first)).flight());
        assertNull(assertInstanceOf(Lookup.Ask.class, cache.look(second)).flight());
        assertNotNull(assertInstanceOf(Lookup.Ask.class, cache.look(new Asker("/a"))).flight());
        var third = new Asker("/a", "cookie", "a=b");
        assertNull(assertInstanceOf(Lookup.Ask.class, cache.look(third)).flight());
    }

    @Test
    void thoseWhoWaitGetTheAnswerOnlyWhenItSuitsThem() {
        var first = new Asker("/a", "accept-language", "de");
        var flight = assertInstanceOf(Lookup.Ask.class, cache.look(first)).flight();
        var same = new Asker("/a", "accept-language", "de");
        var other = new Asker("/a", "accept-language", "fr");
        var gone = new Asker("/a", "accept-language", "de");
        for (var follower : List.of(same, other, gone)) {
            assertInstanceOf(Lookup.Follow.class, cache.look(follower));
        }
        gone.waiting = false;
        assertNotNull(flight);
        flight.share(keep(first, "deutsch", "vary", "accept-language"));
        assertEquals(List.of("shared deutsch"), same.heard);
        assertEquals(List.of("alone"), other.heard);
        assertEquals(List.of(), gone.heard);
    }

    @Test
    void anAnswerThatIsStaleAtOnceIsNotSharedWithThoseWhoWaited() {
        var flight = assertInstanceOf(Lookup.Ask.class, cache.look(new Asker("/a"))).flight();
        var waiting = new Asker("/a");
        cache.look(waiting);
        assertNotNull(flight);
        flight.share(keep(new Asker("/a"), "a", "cache-control", "max-age=0"));
        assertEquals(List.of("alone"), waiting.heard);
    }

    @Test
    void theBytesThatAreKeptStayWithinTheBound() {
        var small = cache(64 << 10, Duration.ofMinutes(1), Duration.ZERO);
        var random = new SplittableRandom(7);
        for (int i = 0; i < 5_000; i++) {
            var asker = new Asker("/" + i, "accept", "t" + random.nextInt(40));
            var body = new byte[random.nextInt(2_000)];
            small.keep(asker.question, 200, fields("vary", "accept"), body, 0);
            assertTrue(small.bytes() <= 64 << 10, "after " + i + ": " + small.bytes());
        }
        assertTrue(small.size() > 10, "it keeps what fits");
    }

    @Test
    void oneTargetNeverHoldsMoreThanItsShareOfVariants() {
        for (int i = 0; i < 100; i++) {
            keep(new Asker("/a", "accept", "t" + i), "v" + i, "vary", "accept", "etag", "\"1\"");
        }
        assertEquals("vary-miss", ask(new Asker("/a", "accept", "t1")));
        assertEquals(1, cache.size());
    }
}
