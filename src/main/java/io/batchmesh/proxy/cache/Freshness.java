package io.batchmesh.proxy.cache;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How old an answer is and how long it is good (RFC 9111, section 4.2; RFC 5861).
 *
 * @param initialAge age when it came, in nanoseconds
 * @param lifetime how long it is fresh, in nanoseconds of age
 * @param explicit whether the answer said so itself
 * @param stale how long after that it may be given while a new one is fetched, in nanoseconds
 * @param onError how long after that it may be given when there is no other, in nanoseconds
 */
record Freshness(long initialAge, long lifetime, boolean explicit, long stale, long onError) {
    /**
     * Of an answer.
     *
     * @param ttl the lifetime of an answer that says nothing; none when it is not to be guessed
     * @param staleWhileRevalidate for answers that say nothing of it
     * @param delay nanoseconds between asking and the answer
     * @param wallMillis the time of day when it came
     */
    static Freshness of(
            HttpHeaders answer,
            Duration ttl,
            Duration staleWhileRevalidate,
            long delay,
            long wallMillis) {
        var control = CacheControl.of(answer);
        var date = millis(answer.get(HttpHeaderNames.DATE));
        long stated = stated(answer, control, date == null ? wallMillis : date);
        long lifetime = stated >= 0 ? TimeUnit.SECONDS.toNanos(stated) : ttl.toNanos();
        long swr = control.seconds("stale-while-revalidate");
        long stale = swr >= 0 ? TimeUnit.SECONDS.toNanos(swr) : staleWhileRevalidate.toNanos();
        long onError = TimeUnit.SECONDS.toNanos(Math.max(0, control.seconds("stale-if-error")));
        boolean strict =
                control.has("must-revalidate")
                        || control.has("proxy-revalidate")
                        || control.has("s-maxage");
        boolean given = lifetime > 0 && !strict;
        return new Freshness(
                age(answer, date, delay, wallMillis),
                lifetime,
                stated >= 0,
                given ? stale : 0,
                strict ? 0 : onError);
    }

    /** RFC 9111, section 4.2.3. */
    private static long age(HttpHeaders answer, @Nullable Long date, long delay, long wallMillis) {
        long apparent = date == null ? 0 : Math.max(0, wallMillis - date);
        var said = answer.get(HttpHeaderNames.AGE);
        long value = said == null ? 0 : CacheControl.seconds(said, 0);
        long corrected = TimeUnit.SECONDS.toNanos(value) + delay;
        return Math.max(TimeUnit.MILLISECONDS.toNanos(apparent), corrected);
    }

    /** Seconds that the answer states, or -1 (RFC 9111, section 4.2.1). */
    private static long stated(HttpHeaders answer, CacheControl control, long date) {
        if (control.has("s-maxage")) {
            return control.seconds("s-maxage");
        }
        if (control.has("max-age")) {
            return control.seconds("max-age");
        }
        var expires = answer.get(HttpHeaderNames.EXPIRES);
        if (expires == null) {
            return -1;
        }
        var until = millis(expires);
        // What is no date, such as 0, lies in the past (RFC 9111, section 5.3).
        return until == null ? 0 : Math.max(0, (until - date) / 1000);
    }

    /** An HTTP date, or null when it is none. */
    static @Nullable Long millis(@Nullable String text) {
        var date = text == null ? null : DateFormatter.parseHttpDate(text);
        return date == null ? null : date.toInstant().toEpochMilli();
    }
}
