package io.batchmesh.admin.tap;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are wanted; what is null or empty is not asked about.
 *
 * @param link {@code from->to}, or {@code *->to} for all that go there
 * @param route the name of a route
 * @param method such as {@code GET}
 * @param pathPrefix how the path begins, as the caller sent it
 * @param codes of the answer
 * @param least the shortest duration, zero for all
 * @param headers values that the request's fields must have, by name in lower case; no credentials
 */
public record TapFilter(
        @Nullable String link,
        @Nullable String route,
        @Nullable String method,
        @Nullable String pathPrefix,
        @Nullable CodeRange codes,
        Duration least,
        Map<String, String> headers) {
    /** All requests. */
    public static final TapFilter ALL =
            new TapFilter(null, null, null, null, null, Duration.ZERO, Map.of());

    /**
     * As given.
     *
     * @throws IllegalArgumentException when a header is a credential
     */
    public TapFilter {
        headers = Map.copyOf(headers);
        headers.keySet().forEach(TapFilter::harmless);
    }

    static void harmless(String name) {
        if (SecretNames.includes(name)) {
            throw new IllegalArgumentException("'" + name + "' may hold a credential");
        }
    }

    /** The requests of one link only. */
    public TapFilter withLink(@Nullable String name) {
        return new TapFilter(name, route, method, pathPrefix, codes, least, headers);
    }

    /** What is asked about, without the values of headers, for a log. */
    public String describe() {
        var said = new TreeMap<String, String>();
        put(said, "link", link);
        put(said, "route", route);
        put(said, "method", method);
        put(said, "pathPrefix", pathPrefix);
        put(said, "code", codes == null ? null : codes.text());
        put(said, "minDuration", least.isZero() ? null : least.toString());
        headers.keySet().forEach(name -> said.put("header " + name, "…"));
        return said.isEmpty() ? "all requests" : said.toString();
    }

    private static void put(Map<String, String> said, String name, @Nullable String value) {
        if (value != null) {
            said.put(name, value);
        }
    }
}
