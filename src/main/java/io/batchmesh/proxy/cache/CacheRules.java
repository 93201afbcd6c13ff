package io.batchmesh.proxy.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What may be kept and given to somebody else: the careful part of RFC 9111. Answers that differ by
 * request headers ({@code Vary}) and everything that belongs to one caller are left alone.
 */
public final class CacheRules {
    private static final List<CharSequence> PERSONAL =
            List.of(
                    HttpHeaderNames.AUTHORIZATION,
                    HttpHeaderNames.COOKIE,
                    HttpHeaderNames.PROXY_AUTHORIZATION,
                    "x-api-key",
                    "x-auth-token",
                    "x-access-token");

    private static final List<CharSequence> CONDITIONAL =
            List.of(
                    HttpHeaderNames.RANGE,
                    HttpHeaderNames.IF_MATCH,
                    HttpHeaderNames.IF_NONE_MATCH,
                    HttpHeaderNames.IF_MODIFIED_SINCE,
                    HttpHeaderNames.IF_UNMODIFIED_SINCE,
                    HttpHeaderNames.IF_RANGE);

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private CacheRules() {}

    /** Whether a request may be answered from the cache and its answer shared. */
    public static boolean mayLookUp(HttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return false;
        }
        var headers = request.headers();
        return none(headers, PERSONAL)
                && none(headers, CONDITIONAL)
                && !headers.contains(HttpHeaderNames.PRAGMA)
                && !asksAfresh(headers);
    }

    /** Whether a request, when it succeeds, may change what is kept of its target. */
    public static boolean unsafe(HttpMethod method) {
        return !SAFE.contains(method);
    }

    private static boolean asksAfresh(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            return false;
        }
        var said = directives(headers);
        return said.containsKey("no-cache")
                || said.containsKey("no-store")
                || "0".equals(said.get("max-age"));
    }

    private static boolean none(HttpHeaders headers, List<CharSequence> names) {
        for (var name : names) {
            if (headers.contains(name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an answer may be given to others who ask the same. */
    public static boolean mayShare(HttpResponse answer) {
        var headers = answer.headers();
        if (answer.status().code() != 200
                || headers.contains(HttpHeaderNames.SET_COOKIE)
                || headers.contains(HttpHeaderNames.VARY)
                || headers.contains(HttpHeaderNames.CONTENT_RANGE)) {
            return false;
        }
        var said = directives(headers);
        return !said.containsKey("no-store")
                && !said.containsKey("private")
                && !said.containsKey("no-cache");
    }

    /**
     * How long an answer is fresh.
     *
     * @param ttlNanos for answers that say nothing
     */
    public static long freshNanos(HttpHeaders answer, long ttlNanos) {
        var said = directives(answer);
        long stated = seconds(said.getOrDefault("s-maxage", said.get("max-age")));
        long age = Math.max(0, seconds(answer.get(HttpHeaderNames.AGE)));
        return stated < 0 ? ttlNanos : TimeUnit.SECONDS.toNanos(Math.max(0, stated - age));
    }

    /** Whether an answer forbids to be given once it is stale. */
    public static boolean mustRevalidate(HttpHeaders answer) {
        var said = directives(answer);
        return said.containsKey("must-revalidate")
                || said.containsKey("proxy-revalidate")
                || said.containsKey("s-maxage");
    }

    private static long seconds(@org.jspecify.annotations.Nullable String text) {
        boolean sound =
                text != null
                        && !text.isEmpty()
                        && text.length() <= 9
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return sound ? Long.parseLong(text) : -1;
    }

    private static Map<String, String> directives(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            return Map.of();
        }
        var all = new HashMap<String, String>();
        for (var line : headers.getAll(HttpHeaderNames.CACHE_CONTROL)) {
            for (var part : line.split(",", -1)) {
                int equals = part.indexOf('=');
                var name = equals < 0 ? part : part.substring(0, equals);
                var value = equals < 0 ? "" : part.substring(equals + 1).strip().replace("\"", "");
                all.put(name.strip().toLowerCase(Locale.ROOT), value);
            }
        }
        return all;
    }
}
