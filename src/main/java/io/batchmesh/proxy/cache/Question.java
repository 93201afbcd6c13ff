package io.batchmesh.proxy.cache;

import io.batchmesh.proxy.wire.CallerIdentity;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a request says to the cache. Its headers must not change while it is in use, but for
 * conditions that the cache adds itself.
 */
public final class Question {
    private static final List<CharSequence> UNHANDLED =
            List.of(
                    HttpHeaderNames.RANGE,
                    HttpHeaderNames.IF_RANGE,
                    HttpHeaderNames.IF_MATCH,
                    HttpHeaderNames.IF_UNMODIFIED_SINCE);

    /** RFC 9110, section 9.2.1. */
    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private final HttpMethod method;
    private final HttpHeaders headers;
    private final CacheControl control;
    private final String target;
    private final String route;
    private final boolean credentials;
    private final boolean conditional;

    private Question(HttpRequest head, String route) {
        this.method = head.method();
        this.headers = head.headers();
        this.control = CacheControl.of(headers);
        this.route = route;
        var host = headers.get(HttpHeaderNames.HOST, "").toLowerCase(Locale.ROOT);
        this.target = host + " " + head.uri();
        this.credentials = hasAny(headers, CallerIdentity.CREDENTIAL_FIELDS);
        this.conditional =
                headers.contains(HttpHeaderNames.IF_NONE_MATCH)
                        || headers.contains(HttpHeaderNames.IF_MODIFIED_SINCE);
    }

    /**
     * What a request asks.
     *
     * @param route the name of the route that it takes: another route may give another answer
     */
    public static Question of(HttpRequest head, String route) {
        return new Question(head, route);
    }

    private static boolean hasAny(HttpHeaders headers, List<? extends CharSequence> names) {
        for (var name : names) {
            if (headers.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** Host and target: what a change of the resource throws away. */
    public String target() {
        return target;
    }

    String route() {
        return route;
    }

    /** Equal for requests that may share an answer, as far as it is known before the answer. */
    String flight() {
        return route + "\n" + target;
    }

    HttpHeaders headers() {
        return headers;
    }

    CacheControl control() {
        return control;
    }

    boolean head() {
        return method.equals(HttpMethod.HEAD);
    }

    /** Whether it comes with something that tells one caller from another. */
    boolean credentials() {
        return credentials;
    }

    /** Whether the caller has an answer already and asks whether it still holds. */
    public boolean isConditional() {
        return conditional;
    }

    /** Whether nothing kept will do without asking (RFC 9111, section 5.2.1.4 and 5.4). */
    boolean insists() {
        boolean pragma =
                control == CacheControl.NONE
                        && headers.contains(HttpHeaderNames.PRAGMA, "no-cache", true);
        return pragma || control.has("no-cache");
    }

    /** Whether the method is one that the cache answers. */
    public boolean answerable() {
        return method.equals(HttpMethod.GET) || head();
    }

    /** Whether the cache keeps out of it: parts, preconditions for changes, bodies, no-store. */
    public boolean bypasses() {
        return control.has("no-store")
                || hasAny(headers, UNHANDLED)
                || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !"0".equals(headers.get(HttpHeaderNames.CONTENT_LENGTH, "0"));
    }

    /** Whether, when it succeeds, it may change its target (RFC 9111, section 4.4). */
    public boolean unsafe() {
        return !SAFE.contains(method);
    }
}
